import { AddressSet, firstOfEach, identityOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import type { Cidr } from '../manifest';
import type { Problem } from './artifacts-rule';
import { EVERYWHERE, openTogether, opensPort } from './network';
import type { OpenBlock, OpenTogether } from './network';

/**
 * Ranges that each look small do not amount to all addresses: `0.0.0.0/1` and `128.0.0.0/1`, in one policy or in several that
 * select the same pods. Of one range that is everything, `network-policy-open` and `network-policy-metadata` speak.
 */
export const networkPolicyAllAddresses = artifactsRule({
  id: 'network-policy-all-addresses',
  controls: ['NET-03', 'NET-05'],
  message: 'completes ranges that together are all addresses',
  remedy: 'name the peers (Peer.pods, Peer.cidr …); for the internet use Peer.internet()',
  problems: (inventory) => {
    const found = inventory.namespaces.flatMap(openTogether).flatMap((together) => EVERYWHERE.flatMap((all) => completed(together, all)));
    // Two policies may select many pods together.
    return firstOfEach(found, ({ key }) => key).map(({ problem }) => problem);
  },
});

/** Ranges that are everything together; the key names the policy that completes them. */
interface CompletedRanges {
  readonly key: string;
  readonly problem: Problem;
}

function completed({ shared, own }: OpenTogether, all: Cidr): CompletedRanges[] {
  const parts = (blocks: readonly OpenBlock[]): OpenBlock[] => blocks.filter(({ range }) => range.family === all.family && range.bits > 0);
  const sharedParts = parts(shared);
  const sharedSize = size(sharedParts);
  // What is too small even if no two ranges overlap need not be added up.
  return own
    .map(parts)
    .filter((ownParts) => sharedSize + size(ownParts) >= 1)
    .flatMap((ownParts) => completedBy([...sharedParts, ...ownParts], all));
}

/** Part of all addresses. */
function size(blocks: readonly OpenBlock[]): number {
  return blocks.reduce((sum, { range }) => sum + 2 ** -range.bits, 0);
}

function completedBy(blocks: readonly OpenBlock[], all: Cidr): CompletedRanges[] {
  const everyPort = undefined;
  const open = [everyPort, ...blocks.flatMap(({ ports }) => ports)]
    .map((port) => blocks.filter(({ ports }) => opensPort(ports, port)))
    .find((some) => AddressSet.of(some).covers(all));
  if (!open) {
    return [];
  }
  const { policy, direction } = open.at(-1) as OpenBlock;
  const ranges = [...new Set(open.map(({ range }) => String(range)))];
  const problem = { manifest: policy.manifest, found: `${direction}: ${ranges.join(' and ')}` };
  return [{ key: `${identityOf(policy.manifest.object)} ${direction} ${all}`, problem }];
}
