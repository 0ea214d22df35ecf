import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { FlowPort, Peer, WorkloadNetworkPolicy } from '../../../src/constructs/network';
import { Cidr, METADATA_ADDRESSES } from '../../../src/manifest';
import { PlatformSettings } from '../../../src/settings';
import { expectYaml } from '../../support/snapshot';
import { find, flowsOf, shopChart, TestWorkload } from './test-workload';
import { rounds } from '../../support/rounds';

const DB = Peer.pods({ namespace: 'data', podLabels: { app: 'db' } });

test('a workload without declared flows reaches DNS and nothing else, and nobody reaches it', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'worker');
  const policy = find(chart, 'NetworkPolicy', 'worker');
  expect(policy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(policy.spec).not.toHaveProperty('ingress');
  expect(policy.spec.egress).toEqual([
    {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    },
  ]);
  expectYaml('network-policy-worker', [policy]);
});

test('it selects the pods of the workload by exactly one label, in the namespace of the workload', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'worker');
  const { spec, metadata } = find(chart, 'NetworkPolicy', 'worker');
  expect(spec.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'worker' } });
  expect(metadata.namespace).toBe('shop');
});

test('it follows a workload into another namespace than that of its chart', () => {
  const chart = shopChart();
  new WorkloadNetworkPolicy(chart, 'policy', { workload: 'worker', namespace: 'batch' });
  expect(find(chart, 'NetworkPolicy', 'worker').metadata.namespace).toBe('batch');
});

test('a range of ports has its end', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'ftp').networkPolicy.addEgress(DB, [FlowPort.tcpRange(9000, 9010)]);
  expect(flowsOf(chart, 'ftp').egress[0].ports).toEqual([{ port: 9000, endPort: 9010, protocol: 'TCP' }]);
});

test('the same flow twice is one rule, the same port twice one port', () => {
  const chart = shopChart();
  const { networkPolicy } = new TestWorkload(chart, 'web');
  networkPolicy.addIngress(DB, [FlowPort.tcp(80)]);
  networkPolicy.addIngress(DB, [FlowPort.tcp(80), FlowPort.tcp(80)]);
  networkPolicy.addEgress(Peer.dns(), [FlowPort.udp(53), FlowPort.tcp(53)]);
  expect(flowsOf(chart, 'web').ingress).toHaveLength(1);
  expect(flowsOf(chart, 'web').ingress[0].ports).toEqual([{ port: 80, protocol: 'TCP' }]);
  expect(flowsOf(chart, 'web').egress).toEqual([]);
});

test('TCP and UDP of one number are two ports', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addIngress(DB, [FlowPort.tcp(53), FlowPort.udp(53)]);
  expect(flowsOf(chart, 'web').ingress[0].ports).toHaveLength(2);
});

test('no port, which would mean every port, is refused', () => {
  const { networkPolicy } = new TestWorkload(shopChart(), 'web');
  expect(() => networkPolicy.addIngress(DB, [])).toThrow('[test/web/network-policy] the flow with pods app=db in data has no port');
  expect(() => networkPolicy.addEgress(DB, [])).toThrow('would open every port');
});

test('settings that come after the workload still count', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addEgress(Peer.apiServer(), [FlowPort.tcp(6443)]);
  PlatformSettings.provide(chart, { apiServer: { endpoints: ['192.0.2.10'], port: 6443 } });
  expect(flowsOf(chart, 'web').egress).toEqual([
    { to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443, protocol: 'TCP' }] },
  ]);
});

test('what the settings lack is said with the place that needs it', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addIngress(Peer.ingress(), [FlowPort.tcp(8080)]);
  expect(() => Testing.synth(chart)).toThrow('[test/web/network-policy] where the ingress controller runs is not known. Add `ingress: {');
});

test('a metadata address that is named outright fails synth', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addEgress(Peer.cidr('169.254.169.254/32'), [FlowPort.tcp(80)]);
  expect(() => Testing.synth(chart)).toThrow('NET-26');
});

test('letting the whole internet in fails synth', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addIngress(Peer.internet(), [FlowPort.tcp(8080)]);
  expect(() => Testing.synth(chart)).toThrow('NET-03');
});

test('rendering twice gives the same bytes', () => {
  const chart = shopChart();
  new TestWorkload(chart, 'web').networkPolicy.addIngress(DB, [FlowPort.tcp(80)]);
  expect(JSON.stringify(chart.toJson())).toBe(JSON.stringify(chart.toJson()));
});

test('moving the workload to another chart of the namespace changes no byte', () => {
  const policyUnder = (id: string): unknown => {
    const chart = new Chart(Testing.app(), id, { namespace: 'shop' });
    new TestWorkload(chart, 'web').networkPolicy.addEgress(DB, [FlowPort.tcp(5432)]);
    return find(chart, 'NetworkPolicy', 'web');
  };
  expect(JSON.stringify(policyUnder('one'))).toBe(JSON.stringify(policyUnder('two')));
});

describe('whatever is allowed', () => {
  const port = fc.integer({ min: 1, max: 65535 });
  const flowPort = fc.oneof(
    port.map((value) => FlowPort.tcp(value)),
    port.map((value) => FlowPort.udp(value)),
    fc
      .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1001, max: 65535 }))
      .map(([first, last]) => FlowPort.tcpRange(first, last)),
  );
  // Ranges of every width that contain a metadata address or any other; narrower than one address is the user's explicit wish.
  const v4 = fc
    .tuple(fc.oneof(fc.constantFrom(0xa9fea9fe, 0xa9feaa02, 0x646464c8, 0xa83f8110), fc.nat(0xffffffff)), fc.integer({ min: 1, max: 31 }))
    .map(([address, bits]) => {
      const network = ((address >>> (32 - bits)) << (32 - bits)) >>> 0;
      return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.')}/${bits}`;
    });
  const v6 = fc.constantFrom('fd00::/8', 'fd00:ec2::/32', 'fd20::/16', 'fc00::/7', '2001:db8::/32', 'fd00:c1::/64', '8000::/1');
  const peer = fc.oneof(
    v4.map((cidr) => Peer.cidr(cidr)),
    v6.map((cidr) => Peer.cidr(cidr)),
    fc.constantFrom(Peer.dns(), Peer.apiServer(), Peer.ingress(), Peer.monitoring(), DB, Peer.pods({ podLabels: { app: 'x' } })),
  );
  const ports = fc.array(flowPort, { minLength: 1, maxLength: 4 });
  const inbound = fc.record({ peer, ports, egress: fc.constant(false) });
  const outbound = fc.record({ peer: fc.oneof(peer, fc.constant(Peer.internet())), ports, egress: fc.constant(true) });
  const flows = fc.array(fc.oneof(inbound, outbound), { maxLength: 6 });

  test('directions, peers and ports are never left out, and no address block reaches a metadata service', () => {
    fc.assert(
      fc.property(flows, (declared) => {
        const chart = shopChart();
        PlatformSettings.provide(chart, {
          apiServer: { endpoints: ['192.0.2.10'], port: 6443 },
          ingress: { namespace: 'gateway', podLabels: { app: 'gateway' } },
          monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
          dns: { cidrs: ['169.254.20.10/32'] },
        });
        const { networkPolicy } = new TestWorkload(chart, 'web');
        declared.forEach((flow) =>
          flow.egress ? networkPolicy.addEgress(flow.peer, flow.ports) : networkPolicy.addIngress(flow.peer, flow.ports),
        );
        const { spec } = find(chart, 'NetworkPolicy', 'web');
        expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
        expect(spec.ingress).not.toEqual([]);
        for (const rule of [...(spec.ingress ?? []), ...spec.egress]) {
          const peers = rule.from ?? rule.to;
          expect(peers.length).toBeGreaterThan(0);
          expect(rule.ports.length).toBeGreaterThan(0);
          for (const { ipBlock, ...selectors } of peers) {
            expect(ipBlock !== undefined || Object.keys(selectors.podSelector?.matchLabels ?? {}).length > 0).toBe(true);
            expect(METADATA_ADDRESSES.filter(({ address }) => ipBlock && reaches(ipBlock, address))).toEqual([]);
          }
        }
      }),
      { numRuns: rounds(300) },
    );
  });
});

function reaches({ cidr, except = [] }: { cidr: string; except?: string[] }, address: string): boolean {
  return Cidr.parse(cidr).containsIP(address) && !except.some((hole) => Cidr.parse(hole).containsIP(address));
}
