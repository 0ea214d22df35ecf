import { celRule } from './cel';
import { roleExample } from './examples';
import { ROLES } from './match';

/** Nobody makes tokens for service accounts but the kubelet. */
export const rbacTokenCreation = celRule({
  id: 'rbac-token-creation',
  controls: ['AUTH-10'],
  message: 'grants tokens of other service accounts',
  remedy: 'remove `create` on serviceaccounts/token; pods get their token projected',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !('' in r.?apiGroups.orValue([]) || '*' in r.?apiGroups.orValue([])) || !r.?resources.orValue([]).exists(x, x == 'serviceaccounts/token') || !r.?verbs.orValue([]).exists(v, v in ['create', '*']))",
  },
  examples: () => ({
    pass: [
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }]),
      roleExample([{ apiGroups: ['example.com'], resources: ['serviceaccounts/token'], verbs: ['create'] }]),
      roleExample([{ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['get'] }]),
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['create'] }]),
    ],
    fail: [
      roleExample([{ apiGroups: [''], resources: ['serviceaccounts', 'serviceaccounts/token'], verbs: ['get', 'create'] }]),
      roleExample([{ apiGroups: ['*'], resources: ['serviceaccounts/token'], verbs: ['*'] }]),
      roleExample([
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
        { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
      ]),
    ],
  }),
});
