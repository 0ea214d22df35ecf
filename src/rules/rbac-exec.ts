import { celRule } from './cel';
import { roleExample } from './examples';
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
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }]),
      roleExample([{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }]),
      roleExample([{ apiGroups: [''], resources: ['pods/exec'], verbs: ['list'] }]),
      roleExample([{ apiGroups: ['example.com'], resources: ['pods/exec'], verbs: ['create'] }]),
    ],
    fail: [
      ...['exec', 'attach', 'portforward', 'ephemeralcontainers'].map((way) =>
        roleExample([{ apiGroups: [''], resources: ['pods', `pods/${way}`], verbs: ['create'] }]),
      ),
      ...['create', 'get', 'update', 'patch', '*'].map((verb) =>
        roleExample([{ apiGroups: [''], resources: ['pods/exec'], verbs: ['list', verb] }]),
      ),
      roleExample([{ apiGroups: ['*'], resources: ['pods/exec'], verbs: ['create'] }], 'ClusterRole'),
      roleExample([
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
        { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
      ]),
    ],
  }),
});
