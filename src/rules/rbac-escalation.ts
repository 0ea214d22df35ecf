import { celRule } from './cel';
import { roleExample } from './examples';
import { ROLES } from './match';

/** No `escalate`, `bind` or `impersonate`. */
export const rbacEscalation = celRule({
  id: 'rbac-escalation',
  controls: ['AUTH-08'],
  message: 'grants a verb that turns a small role into any role',
  remedy: 'remove escalate, bind and impersonate; bind the role for the subject instead',
  match: ROLES,
  object: {
    holds: "variables.roleRules.all(r, !r.?verbs.orValue([]).exists(v, v in ['escalate', 'bind', 'impersonate']))",
  },
  examples: () => ({
    pass: [roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }])],
    fail: [
      ...['escalate', 'bind', 'impersonate'].map((verb) =>
        roleExample([{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['get', verb] }], 'ClusterRole'),
      ),
      roleExample([
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
        { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
      ]),
    ],
  }),
});
