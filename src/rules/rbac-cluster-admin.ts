import { celRule } from './cel';
import { bindingExample } from './examples';
import { BINDINGS } from './match';

/** cluster-admin is bound once: by `break-glass`, to groups. */
export const rbacClusterAdmin = celRule({
  id: 'rbac-cluster-admin',
  controls: ['AUTH-07'],
  message: 'binds cluster-admin',
  remedy: 'bind a role with what is needed; cluster-admin is for the ClusterRoleBinding `break-glass`, to groups only',
  match: BINDINGS,
  object: {
    holds:
      "object.roleRef.name != 'cluster-admin' || (object.kind == 'ClusterRoleBinding' && object.metadata.name == 'break-glass' && dyn(object).?subjects.orValue([]).all(s, s.kind == 'Group'))",
  },
  examples: () => ({
    pass: [
      bindingExample('view', [{ kind: 'Group', name: 'devs' }]),
      bindingExample('cluster-admin', [{ kind: 'Group', name: 'oncall' }], 'ClusterRoleBinding', 'break-glass'),
    ],
    fail: [
      bindingExample('cluster-admin', [{ kind: 'Group', name: 'devs' }]),
      bindingExample('cluster-admin', [{ kind: 'User', name: 'jane' }], 'ClusterRoleBinding', 'break-glass'),
      bindingExample(
        'cluster-admin',
        [
          { kind: 'Group', name: 'oncall' },
          { kind: 'User', name: 'jane' },
        ],
        'ClusterRoleBinding',
        'break-glass',
      ),
      bindingExample('cluster-admin', [{ kind: 'Group', name: 'devs' }], 'RoleBinding', 'break-glass'),
    ],
  }),
});
