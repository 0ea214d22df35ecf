import { celRule } from './cel';
import { objectExample } from './examples';
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
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
      }),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }],
      }),
    ],
  }),
});
