import * as fc from 'fast-check';
import { hostOpenings, NETWORK_PLUGINS, nftables, NODE_ROLES, PORT_TABLE } from '../../../src/control-plane';
import { Cidr } from '../../../src/manifest';
import { accepts } from '../../support/nft';
import type { Packet } from '../../support/nft';
import { expectText } from '../../support/snapshot';
import { CLUSTER, firewallSpec } from './cluster';
import { rounds } from '../../support/rounds';

it.each(NODE_ROLES)('looks like this: %s', (role) =>
  expectText(`host-firewall-${role}.nft`, nftables(firewallSpec({ nodePorts: true }), role)),
);

const ADDRESSES = [
  '10.0.10.11', '10.0.10.10', '10.0.10.255', '10.0.11.0', '10.244.255.255', '10.245.0.0', '10.0.0.15', '10.0.0.16', '10.0.1.1', '10.96.0.1', '192.0.2.1',
  'fd00:10::11', 'fd00:10::12', 'fd00:10:0:1::1', 'fd00:244::1', 'fd00:a::1', 'fd00:b::1', 'fe80::1', 'fec0::1', '2001:db8::1',
]; // prettier-ignore
const ports = PORT_TABLE.flatMap(({ port = 1, endPort = port }) => [port - 1, port, endPort, endPort + 1]);
const packets: fc.Arbitrary<Packet> = fc.record({
  from: fc.constantFrom(...ADDRESSES),
  protocol: fc.constantFrom('tcp', 'udp'),
  port: fc.oneof(fc.constantFrom(...ports), fc.integer({ min: 1, max: 65_535 })),
});

it('lets a packet in exactly if an opening of the port table is for it, on every role, with every plugin', () => {
  const cases = NETWORK_PLUGINS.flatMap((plugin) =>
    NODE_ROLES.map((role) => {
      const spec = firewallSpec({ nodePorts: true }, { plugin, distribution: 'rke2' }, { dns: { cidrs: ['169.254.20.10/32'] } });
      return { rules: nftables(spec, role), openings: hostOpenings(spec, role) };
    }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...cases), packets, ({ rules, openings }, packet) => {
      const open = openings.some(
        ({ protocol, port = 0, endPort = port, cidrs }) =>
          protocol === packet.protocol &&
          port <= packet.port &&
          packet.port <= endPort &&
          cidrs.some((cidr) => Cidr.parse(cidr).containsIP(packet.from)),
      );
      expect(accepts(rules, 'input', packet)).toBe(open);
    }),
    { numRuns: rounds(2_000) },
  );
});

it('opens NodePorts before they are rewritten, to load balancers on workers when asked for, and closes them otherwise', () => {
  const packet = { from: '10.0.1.1', protocol: 'tcp', port: 30_080 };
  const open = (role: (typeof NODE_ROLES)[number], nodePorts: boolean) =>
    accepts(nftables(firewallSpec({ nodePorts }), role), 'node_ports', packet);
  expect([open('worker', true), open('worker', false), open('control-plane', true)]).toEqual([true, false, false]);
});

it('touches no table but its own, and replaces that in one step', () => {
  const rules = nftables(firewallSpec(), 'worker');
  expect(rules).not.toMatch(/flush/);
  expect(rules.match(/^(table|delete table) .*$/gm)).toEqual([
    'table inet host_firewall',
    'delete table inet host_firewall',
    'table inet host_firewall {',
  ]);
});

it('lets in what keeps a host reachable before anything else, and refuses what is left', () => {
  const rules = nftables(firewallSpec(), 'worker');
  const input = rules.split('chain input {')[1] as string;
  expect(input).toMatch(/^\s+type filter hook input priority filter; policy drop;\n\s+ct state established,related accept\n/);
  expect(input.split('\n  }')[0]).toMatch(/jump refused$/);
  for (const type of ['packet-too-big', 'nd-neighbor-solicit', 'nd-neighbor-advert', 'nd-router-advert', 'mld-listener-query']) {
    expect(input).toContain(type);
  }
});

it('has sets and rules of the families that there are, and of no other', () => {
  const hosts = { controlPlane: ['10.0.10.11'], nodes: ['10.0.10.0/24'], admins: ['10.0.0.0/28'], loadBalancers: undefined };
  const rules = nftables(firewallSpec({}, { hosts, network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] } }), 'control-plane');
  expect([...rules.matchAll(/set (\S+)6 /g)].map(([, name]) => name)).toEqual(['link_local', 'metadata']);
  expect(new Set([...rules.matchAll(/@(\w+)/g)].map(([, name]) => name))).toEqual(
    new Set([...rules.matchAll(/set (\S+) /g)].map(([, name]) => name)),
  );
});

it('lets marked traffic to the proxy of Cilium, and of no other plugin', () => {
  const marked = NETWORK_PLUGINS.filter((plugin) => nftables(firewallSpec({}, { plugin }), 'worker').includes('meta mark'));
  expect(marked).toEqual(['cilium']);
});

it('names the cluster and the role, and nothing of the machine that made it', () => {
  expect(nftables(firewallSpec(), 'worker').split('\n')[1]).toBe(
    `# Host firewall of ${CLUSTER.name}, worker nodes. Generated: change the blueprint, not this file.`,
  );
});
