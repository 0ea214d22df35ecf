import { spawnSync } from 'node:child_process';
import { Testing } from 'cdk8s';
import {
  controlPlaneSpecOf,
  firewallHostParts,
  hostFirewallScript,
  HostFirewall,
  nftables,
  securityGroups,
} from '../../../src/control-plane';
import type { ControlPlaneSpec } from '../../../src/control-plane';
import { PlatformSettings } from '../../../src/settings';
import { CLUSTER, firewallSpec } from './cluster';

const { firewall } = firewallSpec();
const SPEC: ControlPlaneSpec = { cluster: { ...CLUSTER, minor: '1.36', endpoint: 'api.example.com:6443' }, firewall };
const files = firewallHostParts(SPEC).files ?? [];

it('asks nothing of hosts where there is no firewall', () => expect(firewallHostParts({ cluster: SPEC.cluster })).toEqual({}));

it('puts rules, script and unit on every node, and the table for the operator', () => {
  expect(files.map(({ role, path, mode }) => `${role} ${path} ${mode}`)).toEqual([
    'control-plane /etc/host-firewall/candidate.nft 0600',
    'control-plane /usr/local/sbin/host-firewall 0755',
    'control-plane /etc/systemd/system/host-firewall.service 0644',
    'worker /etc/host-firewall/candidate.nft 0600',
    'worker /usr/local/sbin/host-firewall 0755',
    'worker /etc/systemd/system/host-firewall.service 0644',
    'operator /firewall/security-groups.json 0644',
  ]);
  expect(files[3]?.content).toBe(nftables({ cluster: SPEC.cluster, firewall }, 'worker'));
});

it('loads at start only what was confirmed, before the network is up, and flushes nothing of others', () => {
  const unit = files.find(({ path }) => path.endsWith('.service'))?.content;
  expect(unit).toMatch(/^ExecStart=\/usr\/sbin\/nft -f \/etc\/host-firewall\/confirmed\.nft$/m);
  expect(unit).toMatch(/^Before=network-pre\.target/m);
  expect(unit).not.toMatch(/flush/);
});

it('has a script that bash can read', () => {
  expect(spawnSync('bash', ['-n'], { input: hostFirewallScript(), encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('exports the same openings for security groups', () => {
  expect(securityGroups({ cluster: SPEC.cluster, firewall }).find(({ description }) => description.startsWith('etcd'))).toEqual({
    role: 'control-plane',
    protocol: 'tcp',
    fromPort: 2379,
    toPort: 2380,
    cidrs: ['10.0.10.11/32', 'fd00:10::11/128'],
    description: 'etcd: API servers, and members among each other (NET-16)',
  });
  const transports = { transports: ['ipip'] as const };
  expect(
    securityGroups(firewallSpec(transports, { plugin: 'calico' })).find(({ description }) => description.startsWith('ipip')),
  ).toMatchObject({
    protocol: '4',
    cidrs: ['10.0.10.0/24'],
  });
});

it('reads port and DNS cache from the settings, at synth', () => {
  const app = Testing.app();
  new HostFirewall(app, 'host-firewall', { sshPort: 2222 });
  PlatformSettings.provide(app, { apiServer: { endpoints: ['10.0.10.11'], port: 443 }, dns: { cidrs: ['169.254.20.10/32'] } });
  expect(controlPlaneSpecOf(app, SPEC.cluster).firewall).toMatchObject({
    sshPort: 2222,
    apiServerPort: 443,
    nodeLocalDns: true,
    nodePorts: false,
  });
});
