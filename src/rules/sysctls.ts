import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Only sysctls that are safe in the cluster's minor (Pod Security `sysctls`). */
export const sysctls = celRule({
  id: 'sysctls',
  controls: ['POD-22'],
  podSecurity: ['sysctls'],
  message: 'sets an unsafe sysctl',
  remedy: 'remove it from `securityContext.sysctls`; only namespaced, isolated sysctls are safe',
  match: WORKLOADS,
  object: {
    holds: 'variables.podSpec.?securityContext.?sysctls.orValue([]).all(s, s.name in variables.safeSysctls)',
    found:
      "variables.podSpec.?securityContext.?sysctls.orValue([]).filter(s, !(s.name in variables.safeSysctls)).map(s, string(s.name)).join(', ')",
  },
  examples: () => ({
    pass: [VALID_POD, podExample({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } })],
    fail: [
      podExample({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
      podExample({
        securityContext: {
          sysctls: [
            { name: 'net.ipv4.tcp_syncookies', value: '1' },
            { name: 'net.ipv4.ip_forward', value: '1' },
          ],
        },
      }),
    ],
  }),
});
