import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Pod Security `baseline`: seccomp is not switched off. `seccomp` is the stricter form of every namespace. */
export const seccompBaseline = celRule({
  id: 'seccomp-baseline',
  controls: ['POD-16'],
  podSecurity: ['seccompProfile_baseline'],
  message: 'switches seccomp off',
  remedy: 'set `seccompProfile: { type: RuntimeDefault }`',
  match: WORKLOADS,
  object: { holds: "variables.podSpec.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault') != 'Unconfined'" },
  container: { holds: "c.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault') != 'Unconfined'" },
  examples: () => ({
    pass: [VALID_POD, podExample({ securityContext: { seccompProfile: undefined } })],
    fail: [
      podExample({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
      containerExample({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
    ],
  }),
});
