import { celRule } from './cel';
import { roleExample } from './examples';
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
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }]),
      roleExample([{ nonResourceURLs: ['/metrics'], verbs: ['get'] }], 'ClusterRole'),
      roleExample([]),
      roleExample(undefined),
      roleExample(null),
    ],
    fail: [
      roleExample([{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }]),
      roleExample([{ apiGroups: [''], resources: ['*'], verbs: ['get'] }]),
      roleExample([{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }]),
      roleExample([{ apiGroups: [''], resources: ['pods', 'pods/*'], verbs: ['get'] }], 'ClusterRole'),
      roleExample([{ nonResourceURLs: ['/metrics', '*'], verbs: ['get'] }], 'ClusterRole'),
      roleExample([
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['*'] },
      ]),
    ],
  }),
});
