import { recordOf, textOf } from '../manifest';
import type { Manifest } from '../manifest';
import { BUILT_IN_CLUSTER_ROLES } from './access';
import { artifactsRule } from './artifacts-rule';
import type { Inventory } from './inventory';
import { BINDINGS, CLUSTER_ROLES, NAMESPACED_ROLES } from './match';

/**
 * A binding names a role that the tree makes, or one of Kubernetes: who makes a role of that name later gives it to these
 * subjects. Nothing is said of a RoleBinding in a namespace that is made elsewhere.
 */
export const roleExists = artifactsRule({
  id: 'role-exists',
  controls: ['AUTH-05'],
  message: 'binds a role that nothing here makes',
  remedy: 'make role and binding together (LeastPrivilegeRole), or correct `roleRef`',
  problems: (inventory) =>
    inventory
      .of(BINDINGS)
      .filter((binding) => isKnown(binding, inventory) && !hasRole(binding, inventory))
      .map((manifest) => ({ manifest, found: describe(manifest) })),
});

function isKnown(binding: Manifest, inventory: Inventory): boolean {
  return binding.object.kind === 'ClusterRoleBinding' || inventory.namespaceOf(binding).made !== undefined;
}

function hasRole(binding: Manifest, inventory: Inventory): boolean {
  const { kind, name } = recordOf(binding.object['roleRef']);
  const role = textOf(name) ?? '';
  return kind === 'ClusterRole'
    ? BUILT_IN_CLUSTER_ROLES.has(role) || inventory.named(CLUSTER_ROLES, role) !== undefined
    : inventory.namespaceOf(binding).named(NAMESPACED_ROLES, role) !== undefined;
}

function describe({ object }: Manifest): string {
  const { kind, name } = recordOf(object['roleRef']);
  return `${textOf(kind) ?? 'no kind'} ${textOf(name) ?? 'without a name'}`;
}
