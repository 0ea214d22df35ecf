import { celRule } from './cel';
import { objectExample } from './examples';
import { ROLES } from './match';

/** No exec, attach, port-forward or ephemeral containers. `get` counts too: before 1.35 it was enough over WebSockets. */
export const rbacExec = celRule({
  id: 'rbac-exec',
  controls: ['AUTH-09'],
  message: 'grants a way into running containers',
  remedy: 'remove exec, attach, portforward and ephemeralcontainers; break-glass has them',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !('' in r.?apiGroups.orValue([]) || '*' in r.?apiGroups.orValue([])) || !r.?resources.orValue([]).exists(x, x in ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/ephemeralcontainers']) || !r.?verbs.orValue([]).exists(v, v in ['create', 'get', 'update', 'patch', '*']))",
  },
  examples: () => ({
    pass: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }] }),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] }] }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['pods/attach'], verbs: ['create'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch'] }],
      }),
    ],
  }),
});
