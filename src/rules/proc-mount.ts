import { celRule } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** The masked /proc of the runtime stays (Pod Security `procMount`). */
export const procMount = celRule({
  id: 'proc-mount',
  controls: ['POD-22'],
  message: 'unmasks /proc',
  remedy: 'remove `procMount`; a container in a container needs a sandboxed runtime instead',
  match: WORKLOADS,
  container: {
    holds: "c.?securityContext.?procMount.orValue('Default') == 'Default'",
    found: 'string(c.securityContext.procMount)',
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { procMount: 'Default' } })],
    fail: [containerExample({ securityContext: { procMount: 'Unmasked' } })],
  }),
});
