import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** The masked /proc of the runtime stays (Pod Security `procMount`). */
export const procMount = celRule({
  id: 'proc-mount',
  controls: ['POD-22'],
  podSecurity: ['procMount', 'procMount_restricted'],
  message: 'unmasks /proc',
  remedy: 'remove `procMount`; a container in a container needs a sandboxed runtime instead',
  match: WORKLOADS,
  container: {
    holds: "c.?securityContext.?procMount.orValue('Default') == 'Default'",
    found: 'string(c.securityContext.procMount)',
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { procMount: 'Default' } })],
    fail: [
      containerExample({ securityContext: { procMount: 'Unmasked' } }),
      podExample({ hostUsers: true, containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { procMount: 'Unmasked' } }] }),
    ],
  }),
});
