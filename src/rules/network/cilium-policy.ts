import { isRecord, LabelSelector, listOf, recordOf, recordsOf } from '../../manifest';
import type { LabelRequirement, Manifest, WireObject } from '../../manifest';
import { DIRECTIONS } from './network-policy';
import type { Direction } from './network-policy';

/** Label by which Cilium knows the namespace of a pod. */
export const CILIUM_NAMESPACE_LABEL = 'io.kubernetes.pod.namespace';

/** Fields of a rule that are about a direction. */
const FIELDS = { Ingress: ['ingress', 'ingressDeny'], Egress: ['egress', 'egressDeny'] } as const;

/** A rule of a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy, as far as it isolates pods. */
export interface CiliumRule {
  /** Which namespaces, by `CILIUM_NAMESPACE_LABEL`. */
  readonly namespaceSelector: LabelSelector;
  /** Which pods in them. */
  readonly podSelector: LabelSelector;
  /** Directions in which these pods are isolated. */
  readonly directions: readonly Direction[];
}

/**
 * The rules of a Cilium policy. What a manifest cannot show does not count: a selector with labels that only Cilium knows
 * (identities, labels of namespaces) is taken to select nothing, and rules for nodes are left out.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/intro/
 */
export function ciliumRulesOf({ object }: Manifest): CiliumRule[] {
  return [object['spec'], ...listOf(object['specs'])]
    .map(recordOf)
    .filter((rule) => isRecord(rule['endpointSelector']))
    .map((rule) => {
      const requirements = LabelSelector.parse(rule['endpointSelector']).requirements.map(withoutSource);
      const isNamespace = ({ key }: LabelRequirement): boolean => key === CILIUM_NAMESPACE_LABEL;
      return {
        namespaceSelector: LabelSelector.of(requirements.filter(isNamespace)),
        podSelector: LabelSelector.of(requirements.filter((one) => !isNamespace(one))),
        directions: DIRECTIONS.filter((direction) => isolates(rule, direction)),
      };
    });
}

/** A rule isolates in the directions that it is about, unless it says otherwise. */
function isolates(rule: WireObject, direction: Direction): boolean {
  const written: unknown = recordOf(rule['enableDefaultDeny'])[FIELDS[direction][0]];
  return typeof written === 'boolean' ? written : FIELDS[direction].some((field) => recordsOf(rule[field]).length > 0);
}

/** The key without `k8s:` or `any:`. A key that only Cilium knows makes a requirement that nothing here meets. */
function withoutSource(requirement: LabelRequirement): LabelRequirement {
  const key = requirement.key.replace(/^(k8s|any):/, '');
  return key.includes(':') || key.startsWith('io.cilium.') || (key.startsWith('io.kubernetes.') && key !== CILIUM_NAMESPACE_LABEL)
    ? { key, operator: 'In', values: [] }
    : { ...requirement, key };
}
