import { identifiersOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { NAMESPACES } from './match';
import { DIRECTIONS, networkPoliciesIn } from './network';
import type { Direction, NetworkPolicy } from './network';

/** Every Namespace in the tree denies what no policy opens, both ways: by NetworkPolicy, which every network plugin knows. */
export const namespaceDefaultDeny = artifactsRule({
  id: 'namespace-default-deny',
  controls: ['NET-03'],
  message: 'is a namespace that does not deny by default',
  remedy: 'use IsolatedNamespace, or add a NetworkPolicy with `podSelector: {}`, both `policyTypes` and no rules',
  problems: (inventory) =>
    inventory.of(NAMESPACES).flatMap((manifest) => {
      const policies = networkPoliciesIn(inventory.namespace(identifiersOf(manifest.object).name));
      const open = DIRECTIONS.filter((direction) => !policies.some((policy) => deniesAll(policy, direction)));
      return open.length > 0 ? [{ manifest, found: open.join(', ') }] : [];
    }),
});

function deniesAll({ podSelector, directions, rules }: NetworkPolicy, direction: Direction): boolean {
  return podSelector.isEmpty && directions.includes(direction) && !rules.some((rule) => rule.direction === direction);
}
