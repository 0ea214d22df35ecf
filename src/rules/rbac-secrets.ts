import { celRule } from './cel';
import { objectExample } from './examples';
import { ROLES } from './match';

/** Secrets are read one by one, by name: list and watch return the contents of all, whatever names a rule gives. */
export const rbacSecrets = celRule({
  id: 'rbac-secrets',
  controls: ['NET-25'],
  message: 'grants access to every Secret',
  remedy: 'allow `get` with resourceNames only (Permission.read(Resource.SECRETS, [name])); better, mount the Secret',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !('' in r.?apiGroups.orValue([]) || '*' in r.?apiGroups.orValue([])) || !('secrets' in r.?resources.orValue([])) || (!r.?verbs.orValue([]).exists(v, v in ['list', 'watch', 'deletecollection', '*']) && (r.?resourceNames.orValue([]).size() > 0 || !r.?verbs.orValue([]).exists(v, v in ['get', 'update', 'patch']))))",
  },
  examples: () => ({
    pass: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['db'] }],
      }),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'], resourceNames: ['db'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['watch'] }],
      }),
    ],
  }),
});
