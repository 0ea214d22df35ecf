import { Chart, Testing } from 'cdk8s';
import { allowFlow, FlowPort, Peer } from '../../../src/constructs/network';
import { PlatformSettings } from '../../../src/settings';
import { expectYaml } from '../../support/snapshot';
import { find, flowsOf, shopChart, synth, TestWorkload } from './test-workload';

const workload = (name: string, namespace = 'shop') => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } },
});

test('one call opens the way at both ends, on the port of the target', () => {
  const chart = shopChart();
  const [cart, redis] = [new TestWorkload(chart, 'cart'), new TestWorkload(chart, 'redis', [FlowPort.tcp(6379)])];
  allowFlow(cart, redis);
  const ports = [{ port: 6379, protocol: 'TCP' }];
  expect(flowsOf(chart, 'cart')).toEqual({ ingress: [], egress: [{ to: [workload('redis')], ports }] });
  expect(flowsOf(chart, 'redis')).toEqual({ ingress: [{ from: [workload('cart')], ports }], egress: [] });
  expectYaml('network-flow', [find(chart, 'NetworkPolicy', 'cart'), find(chart, 'NetworkPolicy', 'redis')]);
});

test('ports that are given count in place of those of the target', () => {
  const chart = shopChart();
  allowFlow(new TestWorkload(chart, 'a'), new TestWorkload(chart, 'b'), [FlowPort.udp(5353)]);
  expect(flowsOf(chart, 'a').egress[0].ports).toEqual([{ port: 5353, protocol: 'UDP' }]);
  expect(flowsOf(chart, 'b').ingress[0].ports).toEqual([{ port: 5353, protocol: 'UDP' }]);
});

test('a port that the target gets after the flow was declared is open too', () => {
  const chart = shopChart();
  const target = new TestWorkload(chart, 'b', []);
  allowFlow(new TestWorkload(chart, 'a'), target);
  target.flowPorts = [FlowPort.tcp(9090)];
  expect(flowsOf(chart, 'a').egress[0].ports).toEqual([{ port: 9090, protocol: 'TCP' }]);
});

test('a flow into another namespace names the namespace at both ends', () => {
  const app = Testing.app();
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const data = new Chart(app, 'data', { namespace: 'data' });
  allowFlow(new TestWorkload(shop, 'cart'), new TestWorkload(data, 'db'));
  expect(flowsOf(shop, 'cart').egress[0].to).toEqual([workload('db', 'data')]);
  expect(flowsOf(data, 'db').ingress[0].from).toEqual([workload('cart', 'shop')]);
});

test('without any namespace the selectors stay within the one they are applied to', () => {
  const chart = Testing.chart();
  allowFlow(new TestWorkload(chart, 'a'), new TestWorkload(chart, 'b'));
  expect(flowsOf(chart, 'a').egress[0].to).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'b' } } }]);
});

test('a namespace that only one end has is refused, since the other would be guessed', () => {
  const app = Testing.app();
  const known = new TestWorkload(new Chart(app, 'shop', { namespace: 'shop' }), 'a');
  const unknown = new TestWorkload(new Chart(app, 'plain'), 'b');
  expect(() => allowFlow(known, unknown)).toThrow('the flow from shop/a to plain/b needs the namespace of plain/b');
  expect(() => allowFlow(unknown, known)).toThrow('needs the namespace of plain/b');
});

test('a flow from a peer is written where it arrives, on the ports of the workload', () => {
  const chart = shopChart();
  PlatformSettings.provide(chart, { apiServer: { endpoints: ['192.0.2.10'], port: 6443 } });
  allowFlow(Peer.apiServer(), new TestWorkload(chart, 'webhook', [FlowPort.tcp(9443)]));
  expect(flowsOf(chart, 'webhook')).toEqual({
    ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 9443, protocol: 'TCP' }] }],
    egress: [],
  });
});

test('a flow to a peer is written where it leaves, on the ports that the peer is known for', () => {
  const chart = shopChart();
  allowFlow(new TestWorkload(chart, 'mailer'), Peer.internet());
  expect(flowsOf(chart, 'mailer').egress[0].ports).toEqual([{ port: 443, protocol: 'TCP' }]);
  expectYaml('network-internet', [find(chart, 'NetworkPolicy', 'mailer')]);
});

test('the replicas of one workload can be let talk to each other', () => {
  const chart = shopChart();
  const etcd = new TestWorkload(chart, 'etcd', [FlowPort.tcp(2380)]);
  allowFlow(etcd, etcd);
  expect(flowsOf(chart, 'etcd').egress[0].to).toEqual(flowsOf(chart, 'etcd').ingress[0].from);
});

test('a target without a port is refused with both names and the remedy', () => {
  const chart = shopChart();
  allowFlow(new TestWorkload(chart, 'a'), new TestWorkload(chart, 'b', []));
  expect(() => synth(chart)).toThrow(
    'the flow from test/a to test/b has no port: test/b names none. ' +
      "Pass ports: allowFlow(source, target, [FlowPort.tcp(8080)]), or give test/b a 'port'.",
  );
});

test('a peer that is known for no port is refused as a target without ports', () => {
  const chart = shopChart();
  allowFlow(new TestWorkload(chart, 'a'), Peer.cidr('203.0.113.0/24'));
  expect(() => synth(chart)).toThrow('the flow from test/a to 203.0.113.0/24 has no port');
});

test('an empty list of ports is refused', () => {
  const chart = shopChart();
  expect(() => allowFlow(new TestWorkload(chart, 'a'), new TestWorkload(chart, 'b'), [])).toThrow(
    'the flow from test/a to test/b has an empty list of ports',
  );
});

test('a flow between two peers is refused: there is no policy to write it to', () => {
  expect(() => allowFlow(Peer.ingress(), Peer.internet())).toThrow(
    'a flow from the ingress controller to the internet has no workload of this app at either end',
  );
});
