import { celRule } from './cel';
import { roleExample } from './examples';
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
      roleExample([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['db'] }]),
      roleExample([{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }]),
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }]),
      roleExample([{ apiGroups: ['example.com'], resources: ['secrets'], verbs: ['list'] }]),
    ],
    fail: [
      ...['get', 'update', 'patch', 'list'].map((verb) =>
        roleExample([{ apiGroups: [''], resources: ['secrets'], verbs: ['create', verb] }]),
      ),
      ...['list', 'watch', 'deletecollection', '*'].map((verb) =>
        roleExample([{ apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['get', verb], resourceNames: ['db'] }]),
      ),
      roleExample([{ apiGroups: ['*'], resources: ['secrets'], verbs: ['list'] }], 'ClusterRole'),
      roleExample([
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['list'] },
      ]),
    ],
  }),
});
