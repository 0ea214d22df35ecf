import { celRule } from './cel';
import { objectExample } from './examples';
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
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'devs' }] },
        { name: 'example' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'Group', name: 'oncall' }] },
        { name: 'break-glass' },
      ),
    ],
    fail: [
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'Group', name: 'devs' }] },
        { name: 'example' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'User', name: 'jane' }] },
        { name: 'break-glass' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'RoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'Group', name: 'devs' }] },
        { name: 'break-glass' },
      ),
    ],
  }),
});
