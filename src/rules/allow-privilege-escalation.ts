import { celRule } from './cel';
import { containerExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

/** A process may not gain more privileges than its parent (Pod Security `allowPrivilegeEscalation`). */
export const allowPrivilegeEscalation = celRule({
  id: 'allow-privilege-escalation',
  controls: ['POD-13'],
  podSecurity: ['allowPrivilegeEscalation'],
  message: 'may gain privileges',
  remedy: 'set `allowPrivilegeEscalation: false` (the default of the hardened constructs)',
  match: WORKLOADS,
  unless: 'variables.windows',
  container: {
    holds: 'c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false',
  },
  examples: () => ({
    pass: [VALID_POD, WINDOWS_POD],
    fail: [
      containerExample({ securityContext: { allowPrivilegeEscalation: true } }),
      containerExample({ securityContext: { allowPrivilegeEscalation: undefined } }),
    ],
  }),
});
