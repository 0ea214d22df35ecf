import { celRule, listLiteral } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/, and Pod Security since 1.32. */
const SAFE = listLiteral([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** Only sysctls that are safe in every supported minor (Pod Security `sysctls`). */
export const sysctls = celRule({
  id: 'sysctls',
  controls: ['POD-22'],
  message: 'sets an unsafe sysctl',
  remedy: 'remove it from `securityContext.sysctls`; only namespaced, isolated sysctls are safe',
  match: WORKLOADS,
  object: {
    holds: `variables.podSpec.?securityContext.?sysctls.orValue([]).all(s, s.name in ${SAFE})`,
    found: `variables.podSpec.?securityContext.?sysctls.orValue([]).filter(s, !(s.name in ${SAFE})).map(s, string(s.name)).join(', ')`,
  },
  examples: () => ({
    pass: [VALID_POD, podExample({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } })],
    fail: [
      podExample({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
    ],
  }),
});
