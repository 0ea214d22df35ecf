import { celRule } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** At most `NET_BIND_SERVICE` is added (Pod Security `capabilities_restricted`). */
export const capabilitiesAdd = celRule({
  id: 'capabilities-add',
  controls: ['POD-14'],
  podSecurity: ['capabilities_baseline', 'capabilities_restricted'],
  message: 'adds capabilities',
  remedy: 'remove `capabilities.add`; listen on a port above 1023 instead of adding NET_BIND_SERVICE',
  match: WORKLOADS,
  unless: 'variables.windows',
  container: {
    holds: "c.?securityContext.?capabilities.?add.orValue([]).all(a, a == 'NET_BIND_SERVICE')",
    found: "c.?securityContext.?capabilities.?add.orValue([]).filter(a, a != 'NET_BIND_SERVICE').join(', ')",
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } })],
    fail: [
      containerExample({ securityContext: { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } }),
      containerExample({ securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } } }),
    ],
  }),
});
