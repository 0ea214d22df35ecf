import { Chart, Testing } from 'cdk8s';
import * as kplus from '../../../src/constructs/kplus';
import { FlowPort, HardenedIngress, HardenedService, Peer } from '../../../src/constructs/network';
import type { HardenedIngressProps } from '../../../src/constructs/network';
import { PlatformSettings } from '../../../src/settings';
import { expectYaml } from '../../support/snapshot';
import { find, flowsOf, shopChart, TestWorkload } from './test-workload';

/** A workload with a Service that leads from port 80 to 8080. */
class ServedWorkload extends TestWorkload implements kplus.IPodSelector {
  public readonly service: HardenedService = new HardenedService(this, 'service', {
    metadata: { name: this.name },
    selector: this,
    ports: [{ port: 80, targetPort: 8080 }],
  });

  public toPodSelectorConfig(): kplus.PodSelectorConfig {
    return { labelSelector: kplus.LabelSelector.of({ labels: { 'app.kubernetes.io/instance': this.name } }) };
  }
}

function setUp(): { chart: Chart; web: ServedWorkload; ingress: (props?: Partial<HardenedIngressProps>) => HardenedIngress } {
  const chart = shopChart();
  PlatformSettings.provide(chart, { ingress: { namespace: 'gateway', podLabels: { app: 'gateway' } } });
  const web = new ServedWorkload(chart, 'web');
  const ingress = (props: Partial<HardenedIngressProps> = {}): HardenedIngress =>
    new HardenedIngress(chart, 'shop', {
      host: 'shop.example.com',
      tlsSecretName: 'shop-tls',
      routes: [{ path: '/', workload: web }],
      ...props,
    });
  return { chart, web, ingress };
}

const GATEWAY = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateway' } },
  podSelector: { matchLabels: { app: 'gateway' } },
};

test('serves its one host over TLS', () => {
  const { chart, ingress } = setUp();
  ingress({ ingressClassName: 'nginx' });
  const object = find(chart, 'Ingress', 'shop');
  expect(object.spec).toEqual({
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
      },
    ],
    tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
  });
  expectYaml('network-ingress', [object, find(chart, 'NetworkPolicy', 'web')]);
});

test('lets the ingress controller reach the pods on their own port, not that of the Service', () => {
  const { chart, ingress } = setUp();
  ingress();
  expect(flowsOf(chart, 'web').ingress).toEqual([{ from: [GATEWAY], ports: [{ port: 8080, protocol: 'TCP' }] }]);
});

test('a route to the Service of a hardened workload opens the same way', () => {
  const { chart, web, ingress } = setUp();
  ingress({ routes: [{ path: '/', service: web.service }] });
  expect(flowsOf(chart, 'web').ingress).toEqual([{ from: [GATEWAY], ports: [{ port: 8080, protocol: 'TCP' }] }]);
});

test('several paths to one workload are one flow', () => {
  const { chart, web, ingress } = setUp();
  ingress({
    routes: [
      { path: '/a', workload: web },
      { path: '/b', workload: web },
    ],
  });
  expect(flowsOf(chart, 'web').ingress).toHaveLength(1);
});

test('one port of several is chosen by number', () => {
  const { chart, web, ingress } = setUp();
  web.service.bind(9000, { targetPort: 9001 });
  ingress({ routes: [{ path: '/', workload: web, port: 9000 }] });
  expect(flowsOf(chart, 'web').ingress[0].ports).toEqual([{ port: 9001, protocol: 'TCP' }]);
});

test('a controller in the host network is named by the range of its nodes', () => {
  const { chart, ingress } = setUp();
  ingress({ controller: Peer.cidr('192.0.2.0/24') });
  expect(flowsOf(chart, 'web').ingress[0].from).toEqual([{ ipBlock: { cidr: '192.0.2.0/24' } }]);
});

test.each(['*.example.com', '*', 'Shop.example.com', 'https://shop.example.com', 'localhost', ''])('host %p is refused', (host) => {
  expect(() => setUp().ingress({ host })).toThrow(`[test/shop] host '${host}' is not a host name like 'shop.example.com'`);
});

test('an empty TLS secret name is refused', () => {
  expect(() => setUp().ingress({ tlsSecretName: '' })).toThrow("'tlsSecretName' is empty");
});

test('no route is refused', () => {
  expect(() => setUp().ingress({ routes: [] })).toThrow('has no routes');
});

test('a route to nothing, or to two things, is refused', () => {
  const { web, ingress } = setUp();
  expect(() => ingress({ routes: [{ path: '/' }] })).toThrow("route /: give exactly one of 'workload' and 'service'");
  const other = setUp();
  expect(() => other.ingress({ routes: [{ path: '/', workload: web, service: web.service }] })).toThrow('give exactly one');
});

test('a workload without a Service is refused with the remedy', () => {
  const { chart, ingress } = setUp();
  const worker = new TestWorkload(chart, 'worker', [FlowPort.tcp(8080)]);
  expect(() => ingress({ routes: [{ path: '/', workload: worker }] })).toThrow(
    "test/worker has no Service. Give it a 'port', or pass 'service: workload.exposeViaService()'",
  );
});

test('a Service of another namespace is refused: an Ingress does not reach it', () => {
  const { chart, ingress } = setUp();
  const other = new ServedWorkload(new Chart(chart.node.root, 'data', { namespace: 'data' }), 'db');
  expect(() => ingress({ routes: [{ path: '/', workload: other }] })).toThrow('Service db is in namespace data, this Ingress in shop');
});

test('an unknown ingress controller fails synth with the remedy', () => {
  const chart = shopChart();
  new HardenedIngress(chart, 'shop', {
    host: 'shop.example.com',
    tlsSecretName: 'shop-tls',
    routes: [{ path: '/', workload: new ServedWorkload(chart, 'web') }],
  });
  expect(() => Testing.synth(chart)).toThrow('where the ingress controller runs is not known. Add `ingress: {');
});

test('a rule for every host that is added by hand fails synth under NET-06', () => {
  const { chart, web, ingress } = setUp();
  ingress().addRule('/all', kplus.IngressBackend.fromService(web.service));
  expect(() => Testing.synth(chart)).toThrow(/Ingress shop\/shop: serves without TLS, or for any host[^]*NET-06/);
});
