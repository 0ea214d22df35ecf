import { App, Chart, Testing } from 'cdk8s';
import * as kplus from '../../../src/constructs/kplus';
import { HardenedService } from '../../../src/constructs/network';
import type { HardenedServiceProps } from '../../../src/constructs/network';
import { expectYaml } from '../../support/snapshot';
import { find, shopChart } from './test-workload';

const SELECTOR: kplus.IPodSelector = kplus.Pods.select(new Chart(new App(), 'pods'), 'web', {
  labels: { 'app.kubernetes.io/instance': 'web' },
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- wire format
function service(props: HardenedServiceProps = {}): any {
  const chart = shopChart();
  new HardenedService(chart, 'web', { selector: SELECTOR, ports: [{ port: 80, targetPort: 8080 }], ...props });
  return find(chart, 'Service', props.metadata?.name ?? 'web');
}

test('is inside the cluster, with every port named and its target spelt out', () => {
  expect(service().spec).toEqual({
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/instance': 'web' },
    ports: [{ name: 'port-80', port: 80, protocol: 'TCP', targetPort: 8080 }],
  });
  expectYaml('network-service', [service()]);
});

test('the target of a port is the same number unless another is given', () => {
  expect(service({ ports: [{ port: 8080 }] }).spec.ports).toEqual([{ name: 'port-8080', port: 8080, protocol: 'TCP', targetPort: 8080 }]);
});

test('UDP and TCP of one number get different names', () => {
  const ports = [{ port: 53 }, { port: 53, protocol: kplus.Protocol.UDP }];
  expect(service({ ports }).spec.ports.map(({ name }: { name: string }) => name)).toEqual(['port-53', 'port-53-udp']);
});

test('a name that is given stays', () => {
  expect(service({ ports: [{ port: 80, name: 'http' }] }).spec.ports[0].name).toBe('http');
});

test('a port that is bound later is treated the same', () => {
  const chart = shopChart();
  new HardenedService(chart, 'web', { selector: SELECTOR }).bind(443, { targetPort: 8443 });
  expect(find(chart, 'Service', 'web').spec.ports).toEqual([{ name: 'port-443', port: 443, protocol: 'TCP', targetPort: 8443 }]);
});

test('its name is the id, or the one in its metadata', () => {
  expect(service({ metadata: { name: 'front', labels: { team: 'shop' } } }).metadata).toMatchObject({
    name: 'front',
    namespace: 'shop',
    labels: { team: 'shop', 'app.kubernetes.io/instance': 'front', 'app.kubernetes.io/managed-by': 'cdk8s' },
  });
  expect(() => new HardenedService(shopChart(), 'Web')).toThrow("'Web' is not a DNS label");
});

test('a headless Service stays headless', () => {
  expect(service({ clusterIP: 'None' }).spec.clusterIP).toBe('None');
});

test.each<[string, HardenedServiceProps]>([
  ['NodePort', { type: kplus.ServiceType.NODE_PORT }],
  ['externalIPs', { externalIPs: ['203.0.113.1'] }],
  ['LoadBalancer', { type: kplus.ServiceType.LOAD_BALANCER }],
])('%s is kept, and fails synth under NET-06', (what, props) => {
  expect(() => service(props)).toThrow(new RegExp(`Service shop/web: .*${what}[^]*NET-06`));
});

describe('a LoadBalancer with source ranges', () => {
  const props = { type: kplus.ServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['203.0.113.0/24'] };

  test("keeps the client's address and opens no node port", () => {
    expect(service(props).spec).toMatchObject({
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      externalTrafficPolicy: 'Local',
      allocateLoadBalancerNodePorts: false,
    });
    expectYaml('network-load-balancer', [service(props)]);
  });

  test('opens node ports where the load balancer needs them', () => {
    expect(service({ ...props, allocateLoadBalancerNodePorts: true }).spec.allocateLoadBalancerNodePorts).toBe(true);
  });
});

test('a Service without a port is refused by cdk8s-plus as before', () => {
  const chart = Testing.chart();
  new HardenedService(chart, 'web', { selector: SELECTOR });
  expect(() => Testing.synth(chart)).toThrow('must be configured with a port');
});
