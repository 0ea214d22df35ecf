import { celRule } from './cel';
import { containerExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

/** Every container drops `ALL` (Pod Security `capabilities_restricted`). */
export const capabilitiesDrop = celRule({
  id: 'capabilities-drop',
  controls: ['POD-14'],
  podSecurity: ['capabilities_restricted'],
  message: 'does not drop all capabilities',
  remedy: 'set `capabilities: { drop: [ALL] }` (the default of the hardened constructs)',
  match: WORKLOADS,
  unless: 'variables.windows',
  container: {
    holds: "'ALL' in c.?securityContext.?capabilities.?drop.orValue([])",
  },
  examples: () => ({
    pass: [VALID_POD, WINDOWS_POD],
    fail: [
      containerExample({ securityContext: { capabilities: undefined } }),
      containerExample({ securityContext: { capabilities: { drop: ['NET_RAW'] } } }),
    ],
  }),
});
