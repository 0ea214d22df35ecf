import { celRule } from './cel';
import { objectExample } from './examples';
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
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }],
      }),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }],
      }),
    ],
  }),
});
