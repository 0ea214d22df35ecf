import { LabelSelector, listOf, recordOf, textsOf } from '../../manifest';
import type { Manifest, WireObject } from '../../manifest';
import type { NamespaceInventory } from '../inventory';
import { NETWORK_POLICIES } from '../match';

/** The two directions of traffic, as `policyTypes` has them. */
export const DIRECTIONS = ['Ingress', 'Egress'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Where a policy has its rules, and a rule its peers. */
const FIELDS = { Ingress: { rules: 'ingress', peers: 'from' }, Egress: { rules: 'egress', peers: 'to' } } as const;

/** One rule of a policy: what is open in a direction. */
export interface PolicyRule {
  readonly direction: Direction;
  /** Entries of `from` or `to`; none means everybody. */
  readonly peers: readonly WireObject[];
  /** Entries of `ports`; none means every port. */
  readonly ports: readonly WireObject[];
}

/** A NetworkPolicy as network plugins read it. */
export interface NetworkPolicy {
  readonly manifest: Manifest;
  readonly podSelector: LabelSelector;
  /** Directions in which the pods that it selects are isolated. */
  readonly directions: readonly Direction[];
  /** What it opens in these directions. */
  readonly rules: readonly PolicyRule[];
}

/** The NetworkPolicies in a namespace. */
export function networkPoliciesIn(namespace: NamespaceInventory): NetworkPolicy[] {
  return namespace.of(NETWORK_POLICIES).map(networkPolicyOf);
}

function networkPolicyOf(manifest: Manifest): NetworkPolicy {
  const spec = recordOf(manifest.object['spec']);
  const directions = directionsOf(spec);
  return {
    manifest,
    podSelector: LabelSelector.parse(spec['podSelector']),
    directions,
    rules: directions.flatMap((direction) => {
      const { rules, peers } = FIELDS[direction];
      return listOf(spec[rules])
        .map(recordOf)
        .map((rule) => ({ direction, peers: listOf(rule[peers]).map(recordOf), ports: listOf(rule['ports']).map(recordOf) }));
    }),
  };
}

/** What the API server fills in: without `policyTypes` a policy is about ingress, and about egress if it has such rules. */
function directionsOf(spec: WireObject): Direction[] {
  const written = textsOf(spec['policyTypes']);
  const types = written.length > 0 ? written : ['Ingress', ...(listOf(spec['egress']).length > 0 ? ['Egress'] : [])];
  return DIRECTIONS.filter((direction) => types.includes(direction));
}
