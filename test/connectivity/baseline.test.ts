import {
  addressEndpoint,
  Cidr,
  Connectivity,
  HardenedApp,
  HardenedBaseline,
  loadBlueprint,
  METADATA_ADDRESSES,
  VALID_POD,
} from '../../src';
import type { KubeObject, WorkloadEndpoint } from '../../src';

const { settings, baseline } = loadBlueprint('blueprint.yaml');
const app = new HardenedApp({ settings });
new HardenedBaseline(app, 'baseline', baseline);
const made = app.synthesise().artifacts.manifests.map(({ object }) => object);

/** One pod of nobody in each namespace, and the cluster's DNS. */
const pods: KubeObject[] = [
  ...(baseline.tenants ?? []).flatMap(({ namespaces }) => namespaces).map((namespace) => pod(namespace, 'any', {})),
  pod('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }),
  pod('kube-system', 'any', {}),
];
const connectivity = Connectivity.of({ manifests: [...made, ...pods].map((object) => ({ object, origin: {} })), nodeFiles: [] });

function pod(namespace: string, name: string, labels: Record<string, string>): KubeObject {
  return { ...VALID_POD, metadata: { namespace, name, labels } };
}

const inTenants = connectivity.workloads.filter(({ namespace }) => namespace !== 'kube-system');
const open = (from: WorkloadEndpoint, to: string): string => String(connectivity.reachable(from, addressEndpoint(Cidr.parse(to))).ports);

it('lets pods of tenants resolve names, and nothing else', () => {
  expect(inTenants.map(({ namespace }) => namespace)).toEqual(['shop', 'shop-staging', 'payments', 'data']);
  const flows = inTenants.flatMap((from) =>
    connectivity.workloads
      .map((to) => [to.name, String(connectivity.reachable(from, to).ports)])
      .filter(([, ports]) => ports !== 'none')
      .map(([to, ports]) => `${from.namespace} → ${to} ${ports}`),
  );
  expect(flows).toEqual(inTenants.map(({ namespace }) => `${namespace} → Pod/kube-system/coredns TCP 53, UDP 53`));
});

it('lets nobody in to the pods of tenants', () => {
  const strangers = [...connectivity.workloads, ...['0.0.0.0/0', '::/0'].map((range) => addressEndpoint(Cidr.parse(range)))];
  const into = strangers.flatMap((from) => inTenants.map((to) => String(connectivity.reachable(from, to).ports)));
  expect(new Set(into)).toEqual(new Set(['none']));
});

it.each(inTenants.map((from) => [from.namespace, from] as const))(
  'lets pods in %s reach no metadata service, no host and no internet',
  (_name, from) => {
    const hosts = [...(settings.apiServer?.endpoints ?? []).map((address) => `${address}/32`)];
    const ranges = [...METADATA_ADDRESSES.map(({ address }) => String(Cidr.ofAddress(address))), ...hosts, '203.0.113.0/24', '2000::/3'];
    expect(ranges.map((range) => open(from, range))).toEqual(ranges.map(() => 'none'));
    expect(open(from, '169.254.20.10/32')).toBe('TCP 53, UDP 53'); // NodeLocal DNSCache of the blueprint
  },
);
