import { hostOpenings, metadataRanges } from '../../../src/control-plane';
import type { HostFirewallProps, NodeRole } from '../../../src/control-plane';
import type { PlatformSettingsProps } from '../../../src/settings';
import { cluster, firewallSpec } from './cluster';
import type { ClusterChange } from './cluster';

type Change = Parameters<typeof firewallSpec>[1];

/** `name port/protocol` of what hosts of a role let in. */
function openings(role: NodeRole, props: HostFirewallProps = {}, change: Change = {}, settings: PlatformSettingsProps = {}): string[] {
  return hostOpenings(firewallSpec(props, change, settings), role).map(
    ({ name, port, endPort, protocol }) => `${name} ${port ?? ''}${endPort === undefined ? '' : `-${endPort}`}/${protocol}`,
  );
}
const from = (name: string, role: NodeRole, change: Change = {}, props: HostFirewallProps = {}) =>
  hostOpenings(firewallSpec(props, change), role).find((opening) => opening.name === name)?.from;

it('has a firewall with these defaults', () => {
  expect(firewallSpec().firewall).toEqual({
    nodePorts: false,
    sshPort: 22,
    withoutAdmins: false,
    extraPorts: [],
    apiServerPort: 6443,
    nodeLocalDns: false,
  });
});

it('a control-plane node lets in this, with kubeadm and Cilium', () => {
  expect(openings('control-plane')).toEqual([
    'ssh 22/tcp',
    'dhcp 68/udp',
    'dhcpv6 546/udp',
    'kube-apiserver 6443/tcp',
    'etcd 2379-2380/tcp',
    'kubelet 10250/tcp',
    'kube-proxy-health 10256/tcp',
    'cilium-health 4240/tcp',
    'vxlan 8472/udp',
  ]);
});

it('a worker lets in this, with RKE2 and Canal', () => {
  expect(openings('worker', {}, { distribution: 'rke2', plugin: 'canal' })).toEqual([
    'ssh 22/tcp',
    'dhcp 68/udp',
    'dhcpv6 546/udp',
    'kubelet 10250/tcp',
    'kube-proxy-health 10256/tcp',
    'vxlan 8472/udp',
  ]);
});

it.each<[string, NodeRole, Change, string]>([
  ['the supervisor of RKE2', 'control-plane', { distribution: 'rke2' }, 'rke2-supervisor 9345/tcp'],
  ['the API of Talos', 'worker', { distribution: 'talos' }, 'talos-apid 50000/tcp'],
  ['Typha', 'worker', { plugin: 'calico' }, 'calico-typha 5473/tcp'],
  ['BGP', 'worker', { plugin: 'calico' }, 'bgp 179/tcp'],
])('opens %s where there is one', (_what, role, change, opening) => {
  expect(openings(role, {}, change)).toContain(opening);
  expect(openings(role)).not.toContain(opening);
});

it('has no SSH on Talos', () => expect(openings('worker', {}, { distribution: 'talos' })).not.toContain('ssh 22/tcp'));

it.each<[string, HostFirewallProps, PlatformSettingsProps, string]>([
  ['NodePorts', { nodePorts: true }, {}, 'node-ports 30000-32767/udp'],
  ['WireGuard', { transports: ['wireguard'] }, {}, 'wireguard 51871/udp'],
  ['another port of SSH', { sshPort: 2222 }, {}, 'ssh 2222/tcp'],
  ['a DNS cache on the node', {}, { dns: { cidrs: ['169.254.20.10/32'] } }, 'node-local-dns 53/udp'],
  [
    'a port of your own',
    { extraPorts: [{ name: 'node-exporter', port: 9100, from: ['metrics'], why: 'metrics of the node' }] },
    {},
    'node-exporter 9100/tcp',
  ],
])('opens %s when told so', (_what, props, settings, opening) => {
  expect(openings('worker', props, {}, settings)).toContain(opening);
  expect(openings('worker')).not.toContain(opening);
});

it('opens the API servers where the settings say that they listen', () => {
  expect(openings('control-plane', {}, {}, { apiServer: { endpoints: ['10.0.10.11'], port: 443 } })).toContain('kube-apiserver 443/tcp');
});

it('opens the kubelets to the control plane and to metrics, and to nodes only where pods come with the address of their node', () => {
  expect(from('kubelet', 'worker')).toEqual(['control-plane', 'metrics']);
  expect(from('kubelet', 'worker', { plugin: 'flannel' })).toEqual(['control-plane', 'metrics', 'nodes']);
});

it('opens nothing to classes that nobody is in', () => {
  const nobody: Change = { hosts: { admins: undefined, loadBalancers: undefined } };
  const open = hostOpenings(firewallSpec({ withoutAdmins: true }, nobody), 'control-plane');
  expect(open.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['ssh']));
  expect(open.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['kube-proxy-health']));
  expect(open.find(({ name }) => name === 'kube-apiserver')?.cidrs).toEqual([
    '10.0.10.0/24',
    'fd00:10::/64',
    '10.244.0.0/16',
    'fd00:244::/32',
  ]);
});

it('writes ranges for everything, and one address as a range', () => {
  const etcd = hostOpenings(firewallSpec(), 'control-plane').find(({ name }) => name === 'etcd');
  expect(etcd?.cidrs).toEqual(['10.0.10.11/32', 'fd00:10::11/128']);
});

it('tells everything that is wrong at once, and makes nothing', () => {
  const wrong: ClusterChange = { hosts: { admins: [], loadBalancers: ['10.0.1.0'] } };
  expect(() => hostOpenings(firewallSpec({ sshPort: 0 }, wrong), 'worker')).toThrow(
    [
      'The firewall of shop cannot be made:',
      "  hosts.loadBalancers.0: '10.0.1.0' is not a range of addresses (control NET-11). For this one address, write '10.0.1.0/32'.",
      '  hosts.admins: it is empty, so that nobody could log in to the hosts any more (control NET-11). Name the ranges that they are administered from, or say that nobody does: firewall.withoutAdmins: true.',
      '  firewall.sshPort: 0 is not a port (control NET-11). Write a whole number from 1 to 65535.',
    ].join('\n'),
  );
});

it('takes no address of the cluster itself for a metadata service', () => {
  const ranges = (pods: string) => metadataRanges(cluster({ network: { pods: [pods, 'fd00:244::/32'] } })).map(String);
  expect(ranges('10.244.0.0/16')).toContain('100.100.100.200/32');
  expect(ranges('100.64.0.0/10')).not.toContain('100.100.100.200/32');
  expect(ranges('100.64.0.0/10')).toEqual(expect.arrayContaining(['169.254.169.254/32', 'fd00:ec2::254/128']));
});
