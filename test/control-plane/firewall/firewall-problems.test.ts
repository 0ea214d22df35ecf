import { firewallProblems } from '../../../src/control-plane';
import type { CheckedFirewall, ExtraPort } from '../../../src/control-plane';
import { cluster } from './cluster';
import type { ClusterChange } from './cluster';

const EXTRA: ExtraPort = { name: 'node-exporter', port: 9100, from: ['metrics'], why: 'metrics of the node' };
const extra = (change: Partial<ExtraPort>): CheckedFirewall => ({ extraPorts: [{ ...EXTRA, ...change }] });
const told = (firewall: CheckedFirewall, change: ClusterChange = {}): string[] =>
  firewallProblems(firewall, cluster(change)).map(({ field, message }) => `${field}: ${message}`);

it('has nothing to say of a firewall in which everything is right', () => {
  expect(told({ ...extra({}), transports: ['vxlan', 'wireguard'], nodePorts: true, hostPolicies: true, sshPort: 22 })).toEqual([]);
  expect(told(extra({ protocol: 'vrrp', port: undefined }))).toEqual([]);
  expect(told(extra({ port: 9000, endPort: 9010 }))).toEqual([]);
});

it.each<[string, CheckedFirewall, ClusterChange, string]>([
  ['nobody who can log in', {}, { hosts: { admins: [] } }, 'hosts.admins: it is empty, so that nobody could log in to the hosts any more'],
  [
    'administrators who are shut out',
    { withoutAdmins: true },
    {},
    'firewall.withoutAdmins: hosts.admins names administrators, who would be shut out',
  ],
  [
    'NodePorts for nobody',
    { nodePorts: true },
    { hosts: { loadBalancers: undefined } },
    'firewall.nodePorts: NodePorts are open to load balancers, and hosts.loadBalancers names none',
  ],
  [
    'a transport that the plugin does not have',
    { transports: ['vxlan', 'geneve'] },
    { network: { plugin: 'calico' } },
    "firewall.transports.1: the ports of 'geneve' are not known for the network plugin 'calico'",
  ],
  [
    'host policies of a plugin that has none',
    { hostPolicies: true },
    { network: { plugin: 'flannel' } },
    "firewall.hostPolicies: the network plugin 'flannel' has no host policies that are known here",
  ],
  ['no port', { sshPort: 70_000 }, {}, 'firewall.sshPort: 70000 is not a port'],
  ['half a port', extra({ port: 1.5 }), {}, 'firewall.extraPorts.0.port: 1.5 is not a port'],
  ['a range that ends before it begins', extra({ endPort: 9099 }), {}, 'firewall.extraPorts.0.endPort: it must be above port'],
  ['TCP without a port', extra({ port: undefined }), {}, "firewall.extraPorts.0.port: 'tcp' is opened by port, and none is named"],
  ['VRRP with a port', extra({ protocol: 'vrrp' }), {}, "firewall.extraPorts.0.port: 'vrrp' has no ports"],
  ['nobody who may reach it', extra({ from: [] }), {}, 'firewall.extraPorts.0.from: it is empty: it would be open to nobody'],
  ['no reason', extra({ why: ' ' }), {}, 'firewall.extraPorts.0.why: it must be one line of text, without quotes'],
  [
    'a reason that would end the comment',
    extra({ why: 'a" accept' }),
    {},
    'firewall.extraPorts.0.why: it must be one line of text, without quotes',
  ],
  [
    'a name that would end the rule',
    extra({ name: 'x"; accept' }),
    {},
    "firewall.extraPorts.0.name: 'x\"; accept' is not a DNS label: only lower-case letters, digits and '-', starting and ending with a letter or digit",
  ],
])('refuses %s', (_what, firewall, change, problem) => expect(told(firewall, change)).toEqual([problem]));
