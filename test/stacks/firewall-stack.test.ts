import { controlPlaneSpecOf, HardenedApp, HardenedBaseline, hostOpenings } from '../../src';
import type { FirewallStackProps, HardenedBaselineProps, PlatformSettingsProps } from '../../src';
import { cluster, CLUSTER } from '../control-plane/firewall/cluster';

const SPEC = { ...CLUSTER, minor: '1.36', endpoint: 'api.example.com:6443' } as const;

function app(firewall: FirewallStackProps | undefined, settings: PlatformSettingsProps = {}, more: HardenedBaselineProps = {}) {
  const made = new HardenedApp({ settings });
  new HardenedBaseline(made, 'baseline', { firewall, ...more });
  return made;
}
const objects = (...args: Parameters<typeof app>) =>
  app(...args)
    .synthesise()
    .artifacts.manifests.map(({ object }) => object);
const ofPlugin = (...args: Parameters<typeof app>) => objects(...args).filter(({ apiVersion }) => /cilium|calico/.test(apiVersion));

it('says what hosts let in, for the control plane to make files of', () => {
  const { firewall } = controlPlaneSpecOf(app({ cluster: CLUSTER, sshPort: 2222 }), SPEC);
  expect(firewall?.sshPort).toBe(2222);
  expect(hostOpenings({ cluster: SPEC, firewall: firewall as never }, 'worker').map(({ port }) => port)).toContain(2222);
});

it('makes no policy of the network plugin unless asked to', () => expect(ofPlugin({ cluster: CLUSTER })).toEqual([]));

it('makes host policies of Cilium, with labels, for what the settings know of metrics and ports', () => {
  const settings = {
    monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
    apiServer: { endpoints: ['10.0.10.11'], port: 443 },
  };
  const policies = ofPlugin({ cluster: CLUSTER, hostPolicies: true }, settings);
  expect(policies.map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.namespace}`)).toEqual([
    'CiliumClusterwideNetworkPolicy host-firewall-control-plane undefined',
    'CiliumClusterwideNetworkPolicy host-firewall-worker undefined',
    'CiliumClusterwideNetworkPolicy block-metadata undefined',
  ]);
  expect(policies[0]?.metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'firewall' });
  expect(JSON.stringify(policies)).toMatch(/"port":"443".*"k8s:app":"prometheus"/);
});

it('makes host policies of Calico in an order in which they can be applied', () => {
  const policies = ofPlugin({ cluster: cluster({ network: { plugin: 'calico' } }), hostPolicies: true });
  expect(policies.map(({ kind }) => kind).at(0)).toBe('FelixConfiguration');
  expect(policies.map(({ kind }) => kind).at(-1)).toBe('KubeControllersConfiguration');
});

it('refuses addresses that cannot be, where the stack is made', () => {
  expect(() => app({ cluster: cluster({ network: { plugin: 'flannel' } }), hostPolicies: true })).toThrow(
    "firewall.hostPolicies: the network plugin 'flannel' has no host policies that are known here (control NET-11). Remove it: the firewall of the hosts does the same.",
  );
});

it('places the profiles of containers, unless they are left out', () => {
  expect(controlPlaneSpecOf(app(undefined, { nodes: { lsm: 'apparmor' } }), SPEC).confinement).toEqual({ appArmor: true });
  expect(controlPlaneSpecOf(app(undefined, {}, { without: ['confinement-profiles'] }), SPEC).confinement).toBeUndefined();
});
