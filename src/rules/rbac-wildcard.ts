import { celRule } from './cel';
import { objectExample } from './examples';
import { ROLES } from './match';

/** Roles name what they grant. */
export const rbacWildcard = celRule({
  id: 'rbac-wildcard',
  controls: ['AUTH-05'],
  message: 'grants by wildcard',
  remedy: 'name the API groups, resources and verbs (Permission.of, Resource.custom)',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !('*' in r.?verbs.orValue([])) && r.?resources.orValue([]).all(x, !x.contains('*')) && !('*' in r.?apiGroups.orValue([])) && r.?nonResourceURLs.orValue([]).all(u, u != '*'))",
  },
  examples: () => ({
    pass: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {}),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: [{ apiGroups: [''], resources: ['pods/*'], verbs: ['get'] }] }),
    ],
  }),
});
