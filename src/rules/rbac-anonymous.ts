import { celRule } from './cel';
import { objectExample } from './examples';
import { BINDINGS } from './match';

/** No binding to anonymous or to all users, and none to `system:masters`. */
export const rbacAnonymous = celRule({
  id: 'rbac-anonymous',
  controls: ['AUTH-02'],
  message: 'binds everybody, or a group that passes every check',
  remedy: 'name the groups that are meant',
  match: BINDINGS,
  object: {
    holds:
      "!dyn(object).?subjects.orValue([]).exists(s, s.name in ['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:masters', 'system:serviceaccounts'])",
  },
  examples: () => ({
    pass: [
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'devs' }] },
        { name: 'example' },
      ),
    ],
    fail: [
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'system:unauthenticated' }] },
        { name: 'example' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'system:authenticated' }] },
        { name: 'example' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'system:masters' }] },
        { name: 'example' },
      ),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRoleBinding',
        { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'User', name: 'system:anonymous' }] },
        { name: 'example' },
      ),
    ],
  }),
});
