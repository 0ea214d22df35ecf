import { celRule } from './cel';
import { containerExample, podExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

const LOCALHOST = { type: 'Localhost', localhostProfile: 'profiles/web.json' };

/** A seccomp profile on every container, its own or the pod's (Pod Security `seccompProfile_restricted`). */
export const seccomp = celRule({
  id: 'seccomp',
  controls: ['POD-16'],
  podSecurity: ['seccompProfile_baseline', 'seccompProfile_restricted'],
  message: 'runs without a seccomp profile',
  remedy: 'set `seccompProfile: { type: RuntimeDefault }` (the default of the hardened constructs)',
  match: WORKLOADS,
  unless: 'variables.windows',
  object: {
    holds: "variables.podSpec.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault') in ['RuntimeDefault', 'Localhost']",
  },
  container: {
    holds:
      "c.?securityContext.?seccompProfile.?type.orValue(variables.podSpec.?securityContext.?seccompProfile.?type.orValue('')) in ['RuntimeDefault', 'Localhost']",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      WINDOWS_POD,
      podExample({ securityContext: { seccompProfile: LOCALHOST } }),
      containerExample({ securityContext: { seccompProfile: LOCALHOST } }),
    ],
    fail: [
      podExample({ securityContext: { seccompProfile: undefined } }),
      podExample({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
      containerExample({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
      podExample({
        securityContext: { seccompProfile: { type: 'Unconfined' } }, // refused also where every container overrides it
        containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }],
      }),
    ],
  }),
});
