import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Pod Security `baseline`: /proc stays masked, but for pods in a user namespace (since 1.35). `proc-mount` has no exception. */
export const procMountBaseline = celRule({
  id: 'proc-mount-baseline',
  controls: ['POD-22'],
  podSecurity: ['procMount'],
  message: 'unmasks /proc',
  remedy: 'remove `procMount`',
  match: WORKLOADS,
  unless: '!variables.podSpec.?hostUsers.orValue(true)',
  container: { holds: "c.?securityContext.?procMount.orValue('Default') == 'Default'" },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { procMount: 'Unmasked' } })],
    fail: [
      podExample({ hostUsers: true, containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { procMount: 'Unmasked' } }] }),
      podExample({
        hostUsers: undefined,
        containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { procMount: 'Unmasked' } }],
      }),
    ],
  }),
});
