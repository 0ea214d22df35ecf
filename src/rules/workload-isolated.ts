import type { LabelSelector } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import type { NamespaceInventory, Workload } from './inventory';
import { CILIUM_CLUSTERWIDE_POLICIES, CILIUM_POLICIES } from './match';
import { CILIUM_NAMESPACE_LABEL, ciliumRulesOf, DIRECTIONS, networkPoliciesIn } from './network';
import type { CiliumRule, Direction } from './network';

/** Something that isolates pods. */
interface Isolation {
  readonly podSelector: LabelSelector;
  readonly directions: readonly Direction[];
}

/**
 * In a namespace that the tree makes, some policy selects each workload for ingress, and some for egress: what no policy
 * selects may talk to everybody. The default-deny of the namespace is enough. Policies of Cilium count where it is sure whom
 * they select; a Namespace needs a default-deny by NetworkPolicy all the same (`namespace-default-deny`).
 */
export const workloadIsolated = artifactsRule({
  id: 'workload-isolated',
  controls: ['NET-03', 'NET-04'],
  message: 'is selected by no network policy',
  remedy: 'put it into an IsolatedNamespace, or give the namespace a NetworkPolicy `default-deny`',
  problems: (inventory) => {
    const clusterwide = inventory.of(CILIUM_CLUSTERWIDE_POLICIES).flatMap(ciliumRulesOf);
    return inventory.namespaces
      .filter(({ made }) => made !== undefined)
      .flatMap((namespace) => {
        const isolations = [...networkPoliciesIn(namespace), ...ciliumIsolations(namespace, clusterwide)];
        const open = DIRECTIONS.map((direction) => [direction, notIsolated(namespace, isolations, direction)] as const);
        return namespace.workloads.flatMap((workload) => {
          const found = open.filter(([, workloads]) => workloads.has(workload)).map(([direction]) => direction);
          return found.length > 0 ? [{ manifest: workload.manifest, found: found.join(', ') }] : [];
        });
      });
  },
});

/** The workloads that nothing isolates in this direction. A selector that is written often is asked once. */
function notIsolated(namespace: NamespaceInventory, isolations: readonly Isolation[], direction: Direction): Set<Workload> {
  const left = new Set(namespace.workloads);
  const isolating = isolations.filter(({ directions }) => directions.includes(direction)).map(({ podSelector }) => podSelector);
  const selectors = new Map(isolating.map((selector) => [JSON.stringify(selector.requirements), selector]));
  selectors.forEach((selector) => namespace.pods.select(selector).forEach((workload) => left.delete(workload)));
  return left;
}

function ciliumIsolations(namespace: NamespaceInventory, clusterwide: readonly CiliumRule[]): CiliumRule[] {
  const name = new Map([[CILIUM_NAMESPACE_LABEL, namespace.name]]);
  return [...namespace.of(CILIUM_POLICIES).flatMap(ciliumRulesOf), ...clusterwide].filter(({ namespaceSelector }) =>
    namespaceSelector.matches(name),
  );
}
