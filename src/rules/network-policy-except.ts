import { AddressSet, firstOfEach, identifiersOf, identityOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import type { Problem } from './artifacts-rule';
import { openTogether, opensPort } from './network';
import type { OpenBlock } from './network';

/**
 * What a policy excepts stays closed: policies add up, so others that select the same pods may open all of it, on the same
 * ports. One that opens a part of it, or another port, is taken to mean that.
 */
export const networkPolicyExcept = artifactsRule({
  id: 'network-policy-except',
  controls: ['NET-05', 'NET-26'],
  message: 'excepts addresses that other policies open for the same pods',
  remedy: 'name a smaller range in the other policy, or leave out the exception',
  problems: (inventory) => {
    const found = inventory.namespaces.flatMap(openTogether).flatMap(({ shared, own }) => own.flatMap((some) => voidAmong(shared, some)));
    // Two policies may select many pods together.
    return firstOfEach(found, ({ key }) => key).map(({ problem }) => problem);
  },
});

/** An exception without effect; the key names it. */
interface VoidException {
  readonly key: string;
  readonly problem: Problem;
}

/** What is shared is judged by itself once, and again only where something more opens what it excepts. */
function voidAmong(shared: readonly OpenBlock[], own: readonly OpenBlock[]): VoidException[] {
  const reopened = shared.filter(({ except }) => own.length === 0 || except.some((hole) => own.some(({ range }) => range.overlaps(hole))));
  const excepting = [...reopened, ...own].filter(({ except }) => except.length > 0);
  return excepting.flatMap((block) => voidExceptions(block, [...shared, ...own]));
}

function voidExceptions(block: OpenBlock, together: readonly OpenBlock[]): VoidException[] {
  const { policy, range, except } = block;
  return except.flatMap((hole) => {
    const opening = together.filter((other) => other.policy !== policy && other.range.overlaps(hole) && opensPortsOf(other, block));
    if (!AddressSet.of(opening).covers(hole)) {
      return [];
    }
    const names = [...new Set(opening.map((other) => identifiersOf(other.policy.manifest.object).name))];
    const problem = { manifest: policy.manifest, found: `${hole} of ${range}, opened by ${names.join(' and ')}` };
    return [{ key: `${identityOf(policy.manifest.object)} ${hole}`, problem }];
  });
}

/** Whether it opens every port that the block does. */
function opensPortsOf({ ports }: OpenBlock, block: OpenBlock): boolean {
  return block.ports.length === 0 ? opensPort(ports, undefined) : block.ports.every((port) => opensPort(ports, port));
}
