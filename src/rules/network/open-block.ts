import { Cidr, firstOfEach, groupBy, recordOf, textOf, textsOf } from '../../manifest';
import type { AddressBlock, WireObject } from '../../manifest';
import type { NamespaceInventory } from '../inventory';
import { networkPoliciesIn } from './network-policy';
import type { Direction, NetworkPolicy, PolicyRule } from './network-policy';
import { policyPortOf } from './policy-port';
import type { PolicyPort } from './policy-port';

/** All addresses, of each family. */
export const EVERYWHERE = ['0.0.0.0/0', '::/0'].map((range) => Cidr.parse(range));

/** Addresses that a policy opens for the pods that it selects. */
export interface OpenBlock extends AddressBlock {
  readonly policy: NetworkPolicy;
  readonly direction: Direction;
  /** None means every port. */
  readonly ports: readonly PolicyPort[];
}

/** What is open in one direction, since policies add up: for every pod of a namespace, and for some of them beside that. */
export interface OpenTogether {
  /** By policies that select every pod. */
  readonly shared: readonly OpenBlock[];
  /** By the other policies that select the same pods, for each such set of policies; the first one is empty. */
  readonly own: readonly (readonly OpenBlock[])[];
}

/** What the policies in a namespace open together. For pods that nothing here makes, those that select by the same labels. */
export function openTogether(namespace: NamespaceInventory): OpenTogether[] {
  const blocks = networkPoliciesIn(namespace).flatMap((policy) => policy.rules.flatMap((rule) => blocksOf(policy, rule)));
  return [...groupBy(blocks, ({ direction }) => direction).values()].map((some) => ({
    shared: some.filter(({ policy }) => policy.podSelector.isEmpty),
    own: [
      [],
      ...byPods(
        namespace,
        some.filter(({ policy }) => !policy.podSelector.isEmpty),
      ),
    ],
  }));
}

function byPods(namespace: NamespaceInventory, blocks: readonly OpenBlock[]): OpenBlock[][] {
  const bySelector = [...groupBy(blocks, ({ policy }) => JSON.stringify(policy.podSelector.requirements)).values()];
  const selections = bySelector.flatMap((selecting, place) =>
    namespace.pods.select((selecting[0] as OpenBlock).policy.podSelector).map((pod) => ({ pod, place })),
  );
  const ofPods = [...groupBy(selections, ({ pod }) => pod).values()].map((selected) => selected.map(({ place }) => place));
  const sets = firstOfEach([...bySelector.map((_, place) => [place]), ...ofPods], String);
  return sets.map((places) => places.flatMap((place) => bySelector[place] ?? []));
}

/** A rule that names no peer is about everybody. */
function blocksOf(policy: NetworkPolicy, { direction, peers, ports }: PolicyRule): OpenBlock[] {
  const blocks = peers.length === 0 ? EVERYWHERE.map((range) => ({ range, except: [] })) : peers.flatMap(addressBlocks);
  return blocks.map((block) => ({ ...block, policy, direction, ports: ports.map(policyPortOf) }));
}

/** The ranges of a peer: none if it is no `ipBlock`, or one that the API server would refuse. */
function addressBlocks({ ipBlock }: WireObject): AddressBlock[] {
  const { cidr, except } = recordOf(ipBlock);
  try {
    return [{ range: Cidr.parse(textOf(cidr) ?? ''), except: textsOf(except).map((one) => Cidr.parse(one)) }];
  } catch {
    return [];
  }
}
