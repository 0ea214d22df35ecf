import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Every workload has a service account of its own. */
export const defaultServiceAccount = celRule({
  id: 'default-service-account',
  controls: ['AUTH-10'],
  message: 'runs as the default service account',
  remedy: 'name a service account of its own (the hardened constructs make one)',
  match: WORKLOADS,
  object: {
    holds: "!(variables.podSpec.?serviceAccountName.orValue('') in ['', 'default'])",
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [podExample({ serviceAccountName: undefined }), podExample({ serviceAccountName: 'default' })],
  }),
});
