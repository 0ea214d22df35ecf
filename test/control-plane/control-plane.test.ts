import { App } from 'cdk8s';
import { ControlPlane, endpointHost, endpointProblem, HardenedApp, HardenedBaseline, PlatformSettings } from '../../src';
import type { ControlPlaneProps, PlatformSettingsProps } from '../../src';

const CLUSTER: Required<ControlPlaneProps> = {
  name: 'shop',
  endpoint: 'api.example.com:6443',
  hosts: { controlPlane: ['192.0.2.10'], nodes: ['192.0.2.0/24'] },
  network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: 'other' },
};

function controlPlane(
  change: Partial<ControlPlaneProps> = {},
  settings: PlatformSettingsProps = { distribution: 'kubeadm' },
): ControlPlane {
  const app = new App();
  PlatformSettings.provide(app, settings);
  return new ControlPlane(app, 'cluster', { ...CLUSTER, ...change });
}

it('turns what parts anywhere in the app say into files; without it they make none', () => {
  const app = new HardenedApp({ settings: { distribution: 'kubeadm' } });
  new HardenedBaseline(app, 'parts', { without: ['enforcement'] });
  expect(app.synthesise().artifacts.nodeFiles).toEqual([]);
  new ControlPlane(app, 'cluster', CLUSTER);
  const paths = app.synthesise().artifacts.nodeFiles.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining([expect.stringMatching(/audit\/policy-\w+\.yaml$/), '/etc/kubernetes/kubeadm/init.yaml']));
});

it('lets synth say what is missing of a control plane that no parts say anything of', () => {
  const app = new HardenedApp({ settings: { distribution: 'kubeadm' } });
  new ControlPlane(app, 'cluster', CLUSTER);
  expect(() => app.synthesise()).toThrow(
    /init\.yaml {2}field kube-apiserver --encryption-provider-config: is not given: Secrets are stored in the clear/,
  );
});

it('is one of its app', () => {
  const first = controlPlane();
  new ControlPlane(first.node.root, 'second', CLUSTER);
  expect(() => first.toNodeFiles()).toThrow(
    '[cluster] there is another control plane, second: an app is for one cluster. Remove one of them.',
  );
});

it('needs to know the distribution', () => {
  expect(() => controlPlane({}, {}).toNodeFiles()).toThrow(/\[cluster\] the settings name no distribution/);
});

it('says at once what is missing of the cluster, and what is wrong', () => {
  expect(() => controlPlane({ endpoint: undefined, network: undefined }).toNodeFiles()).toThrow(
    `[cluster] no files can be made for shop:
  endpoint: it is missing, and files for hosts are made from it (control NET-11). Add it.
  network: it is missing, and files for hosts are made from it (control NET-11). Add it.`,
  );
  expect(() => controlPlane({ endpoint: 'https://api', hosts: { controlPlane: ['192.0.2.10/32'], nodes: [] } }).toNodeFiles()).toThrow(
    /endpoint: 'https:\/\/api' is not host:port[\s\S]*hosts\.nodes: it is empty[\s\S]*hosts\.controlPlane\.0: '192\.0\.2\.10\/32' is a range/,
  );
});

it('asks nothing of the hosts of a provider', () => {
  const files = controlPlane({ endpoint: undefined, hosts: undefined, network: undefined }, { distribution: 'aks' }).toNodeFiles();
  expect(files.map(({ path }) => path)).toEqual(['/aks/settings.json', '/aks/controls.json']);
});

describe('an endpoint', () => {
  it.each([
    ['api.example.com:6443', 'api.example.com'],
    ['192.0.2.10:443', '192.0.2.10'],
    ['[2001:db8::10]:6443', '2001:db8::10'],
  ])('%s names %s', (endpoint, host) => {
    expect([endpointProblem(endpoint), endpointHost(endpoint)]).toEqual([undefined, host]);
  });

  it.each([
    'api.example.com',
    'https://api.example.com:6443',
    'api:0',
    'api:65536',
    '2001:db8::10:6443',
    '[::g]:1',
    "a'b:1",
    '-a:1',
    'a b:1',
    '',
  ])('%j is none', (text) => expect(endpointProblem(text)).toContain('is not host:port'));
});
