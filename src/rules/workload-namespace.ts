import { celRule } from './cel';
import { VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Workloads have a namespace of their own: not `default`, not `kube-*`, and not none, which is `default` too. */
export const workloadNamespace = celRule({
  id: 'workload-namespace',
  controls: ['NET-02'],
  message: 'runs in a namespace that is not for workloads',
  remedy: 'put it into an IsolatedNamespace (as scope), or give its chart a `namespace`',
  match: WORKLOADS,
  object: {
    holds:
      "!(dyn(object).metadata.?namespace.orValue('') in ['', 'default']) && !dyn(object).metadata.?namespace.orValue('').startsWith('kube-')",
    found: "dyn(object).metadata.?namespace.orValue('') == '' ? 'none' : dyn(object).metadata.?namespace.orValue('')",
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [
      { ...VALID_POD, metadata: { name: 'web' } },
      { ...VALID_POD, metadata: { name: 'web', namespace: 'default' } },
      { ...VALID_POD, metadata: { name: 'web', namespace: 'kube-system' } },
    ],
  }),
});
