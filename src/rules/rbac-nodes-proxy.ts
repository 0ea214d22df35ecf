import { celRule } from './cel';
import { roleExample } from './examples';
import { ROLES } from './match';

/** No `nodes/proxy`: it runs commands in every container, past audit and admission. */
export const rbacNodesProxy = celRule({
  id: 'rbac-nodes-proxy',
  controls: ['AUTH-09'],
  message: "grants the kubelets' whole API",
  remedy: 'use nodes/metrics, nodes/healthz, nodes/pods or nodes/configz (fine-grained since 1.33) instead of nodes/proxy',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !('' in r.?apiGroups.orValue([]) || '*' in r.?apiGroups.orValue([])) || !('nodes/proxy' in r.?resources.orValue([])))",
  },
  examples: () => ({
    pass: [
      roleExample([{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }], 'ClusterRole'),
      roleExample([{ apiGroups: ['example.com'], resources: ['nodes/proxy'], verbs: ['get'] }], 'ClusterRole'),
    ],
    fail: [
      roleExample([{ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }], 'ClusterRole'),
      roleExample([{ apiGroups: ['*'], resources: ['nodes/proxy'], verbs: ['get'] }], 'ClusterRole'),
      roleExample(
        [
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
          { apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] },
        ],
        'ClusterRole',
      ),
    ],
  }),
});
