import { LabelSelector, recordOf } from '../manifest';
import type { WireObject } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { DISRUPTION_BUDGETS, NETWORK_POLICIES, SERVICES } from './match';

/** What selects pods, and how its specification says which. */
const SELECTING = [
  { kinds: SERVICES, selectorOf: ({ selector }: WireObject) => LabelSelector.ofLabels(selector) },
  { kinds: DISRUPTION_BUDGETS, selectorOf: ({ selector }: WireObject) => LabelSelector.parse(selector) },
  { kinds: NETWORK_POLICIES, selectorOf: ({ podSelector }: WireObject) => LabelSelector.parse(podSelector) },
] as const;

/** In a namespace that the tree makes, what selects pods selects some: a misspelt label protects nothing. */
export const selectorMatches = artifactsRule({
  id: 'selector-matches',
  controls: ['NET-04'],
  message: 'selects pods that nothing here makes',
  remedy: 'select a workload of the namespace (`selector: workload`); its label is app.kubernetes.io/instance',
  problems: (inventory) =>
    SELECTING.flatMap(({ kinds, selectorOf }) =>
      inventory.of(kinds).flatMap((manifest) => {
        const namespace = inventory.namespaceOf(manifest);
        const selector = selectorOf(recordOf(manifest.object['spec']));
        // An empty selector means all pods, those too that there will be; a Service without one names its endpoints itself.
        const selectsNone = namespace.made !== undefined && !selector.isEmpty && !namespace.pods.some(selector);
        return selectsNone ? [{ manifest, found: selector.toString() }] : [];
      }),
    ),
});
