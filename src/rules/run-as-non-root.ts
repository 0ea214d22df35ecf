import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/**
 * Every container is made to be non-root (Pod Security `runAsNonRoot`).
 * Also in a user namespace: since 1.35 Pod Security lets `hostUsers: false` run as root; the guide does not.
 */
export const runAsNonRoot = celRule({
  id: 'run-as-non-root',
  controls: ['POD-02'],
  podSecurity: ['runAsNonRoot'],
  message: 'may run as root',
  remedy: 'set `runAsNonRoot: true` (the default of the hardened constructs), and a numeric user in the image',
  match: WORKLOADS,
  object: {
    holds: 'variables.podSpec.?securityContext.?runAsNonRoot.orValue(true) == true',
  },
  container: {
    holds: 'c.?securityContext.?runAsNonRoot.orValue(variables.podSpec.?securityContext.?runAsNonRoot.orValue(false))',
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [
      podExample({ securityContext: { runAsNonRoot: undefined } }),
      containerExample({ securityContext: { runAsNonRoot: false } }),
      podExample({ hostUsers: false, securityContext: { runAsNonRoot: false } }),
      podExample({
        securityContext: { runAsNonRoot: false }, // refused also where every container says true, as by Pod Security
        containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { runAsNonRoot: true } }],
      }),
    ],
  }),
});
