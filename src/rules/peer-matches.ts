import { isRecord, LabelSelector, NAMESPACE_NAME_LABEL, stringMapOf } from '../manifest';
import type { WireObject } from '../manifest';
import type { PlatformSettings } from '../settings';
import { artifactsRule } from './artifacts-rule';
import type { Inventory, NamespaceInventory } from './inventory';
import { networkPoliciesIn } from './network';

/**
 * A peer of a policy selects pods that there are, in namespaces that the tree makes: a flow to a misspelt label is no flow.
 * Nothing is said where the peer may mean a namespace that is made elsewhere. The pods that the settings name are there.
 */
export const peerMatches = artifactsRule({
  id: 'peer-matches',
  controls: ['NET-04'],
  message: 'opens a flow with pods that nothing here makes',
  remedy: 'name the workload (`allowTo`, `allowFlow`), or correct the labels of the peer',
  problems: (inventory, { settings }) =>
    inventory.namespaces.flatMap((namespace) =>
      networkPoliciesIn(namespace).flatMap(({ manifest, rules }) =>
        rules
          .flatMap(({ peers }) => peers)
          .filter((peer) => selectsNone(peer, namespace, inventory, settings))
          .map((peer) => ({ manifest, found: describe(peer) })),
      ),
    ),
});

function selectsNone(peer: WireObject, own: NamespaceInventory, inventory: Inventory, settings: PlatformSettings): boolean {
  const pods = LabelSelector.parse(peer['podSelector']);
  const namespaces = namespacesOf(peer, own, inventory);
  // Every pod of a namespace is meant also while there is none.
  const finds = (namespace: NamespaceInventory): boolean =>
    pods.isEmpty || namespace.pods.some(pods) || platformHas(namespace.name, pods, settings);
  return namespaces !== undefined && !namespaces.some(finds);
}

/** The namespaces that the peer means; undefined where one may be made elsewhere. */
function namespacesOf(peer: WireObject, own: NamespaceInventory, inventory: Inventory): readonly NamespaceInventory[] | undefined {
  const selector = LabelSelector.parse(peer['namespaceSelector']);
  const byName = selector.requirements.find(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'In');
  const named = isRecord(peer['namespaceSelector']) ? byName?.values?.map((name) => inventory.namespace(name)) : [own];
  return named?.every(({ made }) => made !== undefined) ? named.filter(({ labels }) => selector.matches(labels)) : undefined;
}

function platformHas(namespace: string, pods: LabelSelector, { dns, ingress, monitoring }: PlatformSettings): boolean {
  return [dns, ingress, monitoring].some((platform) => platform?.namespace === namespace && pods.matches(stringMapOf(platform.podLabels)));
}

function describe(peer: WireObject): string {
  const selectors = (['podSelector', 'namespaceSelector'] as const).map((field) => [field, LabelSelector.parse(peer[field])] as const);
  return selectors
    .filter(([, selector]) => !selector.isEmpty)
    .map(([field, selector]) => `${field} ${selector}`)
    .join(', ');
}
