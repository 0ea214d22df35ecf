import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, Helm, Include, JsonPatch, Testing } from 'cdk8s';
import { HardenedApp, HardenedDeployment, HardenedService, IsolatedNamespace, Probes } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'everywhere-'));
  fs.writeFileSync(path.join(folder, 'pod.yaml'), JSON.stringify(PRIVILEGED));
  fs.writeFileSync(path.join(folder, 'helm'), `#!/bin/sh\ncat ${path.join(folder, 'pod.yaml')}\n`, { mode: 0o755 });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const PRIVILEGED = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'agent', namespace: 'shop' },
  spec: { containers: [{ name: 'main', image: IMAGE, securityContext: { privileged: true } }] },
};
const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' }, automountServiceAccountToken: false };
const WEB = { image: IMAGE, port: 8080, probes: Probes.tcp() };
const PRIVILEGE = JsonPatch.add('/spec/template/spec/containers/0/securityContext/privileged', true);

/** Ways by which something unsafe gets into the tree, and what must be found. */
const WAYS: readonly [string, RegExp, (shop: IsolatedNamespace) => void][] = [
  ['a raw ApiObject', /Pod shop\/agent {2}container main: runs privileged/, (shop) => void new ApiObject(shop, 'agent', PRIVILEGED)],
  [
    'YAML that is included',
    /Pod shop\/agent {2}container main: runs privileged/,
    (shop) => void new Include(shop, 'included', { url: path.join(folder, 'pod.yaml') }),
  ],
  [
    'a Helm chart',
    /Pod shop\/agent {2}container main: runs privileged/,
    (shop) => void new Helm(shop, 'chart', { chart: 'agent', helmExecutable: path.join(folder, 'helm') }),
  ],
  [
    'a patch of a hardened workload',
    /Deployment shop\/web {2}container main: runs privileged/,
    (shop) => {
      const web = new HardenedDeployment(shop, 'web', WEB);
      ApiObject.of(web).addJsonPatch(PRIVILEGE);
    },
  ],
  [
    'a patch of a hardened Service',
    /Service shop\/web: is reachable past every ingress/,
    (shop) => {
      const service = new HardenedDeployment(shop, 'web', WEB).node.findAll().find((construct) => construct instanceof HardenedService);
      ApiObject.of(service as HardenedService).addJsonPatch(JsonPatch.replace('/spec/type', 'NodePort'));
    },
  ],
  [
    'a patch of a raw object, late',
    /ServiceAccount shop\/robot: gives its token to every pod/,
    (shop) => {
      const robot = new ApiObject(shop, 'robot', ACCOUNT);
      new HardenedDeployment(shop, 'web', WEB);
      robot.addJsonPatch(JsonPatch.remove('/automountServiceAccountToken'));
    },
  ],
  [
    'a container that is added to a hardened workload',
    /Deployment shop\/web {2}container second: runs privileged/,
    (shop) =>
      void new HardenedDeployment(shop, 'web', WEB).addContainer({
        name: 'second',
        image: IMAGE,
        securityContext: { privileged: true, allowPrivilegeEscalation: true },
      }),
  ],
  [
    'a plain cdk8s-plus workload',
    /Deployment shop\/plain {2}container main: says nothing of its health/,
    (shop) =>
      void new kplus.Deployment(shop, 'plain', { metadata: { name: 'plain' } }).addContainer({ image: IMAGE, ports: [{ number: 8080 }] }),
  ],
];

/** What the user is told. */
function refusal(synth: () => unknown): string {
  try {
    synth();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it was accepted';
}

describe.each(WAYS)('%s', (_way, found, fill) => {
  it.each<[string, (app: HardenedApp) => unknown]>([
    ['synth', (app) => app.synth()],
    ['synthYaml', (app) => app.synthYaml()],
  ])('is assessed by HardenedApp.%s', (_how, synth) => {
    const app = new HardenedApp({ outdir: path.join(folder, 'dist/manifests') });
    fill(new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' }));
    expect(refusal(() => synth(app))).toMatch(found);
    expect(fs.existsSync(path.join(folder, 'dist'))).toBe(false);
  });

  it.each<[string, (shop: IsolatedNamespace) => unknown]>([
    ['synth', (shop) => (shop.node.root as App).synth()],
    ['synthYaml', (shop) => (shop.node.root as App).synthYaml()],
    ['Testing.synth', (shop) => Testing.synth(shop)],
  ])('is assessed inside a hardened namespace in a plain App, by %s', (_how, synth) => {
    const shop = new IsolatedNamespace(new App({ outdir: path.join(folder, 'plain') }), 'shop', { owner: 'shop@example.com' });
    fill(shop);
    expect(refusal(() => synth(shop))).toMatch(found);
  });
});

it('assesses a hardened workload in a plain App and a plain chart, with what is added to it after it was made', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const web = new HardenedDeployment(chart, 'web', WEB);
  expect(refusal(() => Testing.synth(chart))).toBe('it was accepted');
  ApiObject.of(web).addJsonPatch(PRIVILEGE);
  expect(refusal(() => Testing.synth(chart))).toMatch(/Deployment shop\/web {2}container main: runs privileged/);
});

it('assesses what is added between two syntheses', () => {
  const app = new HardenedApp({ outdir: path.join(folder, 'dist/manifests') });
  const shop = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  expect(refusal(() => app.synthYaml())).toBe('it was accepted');
  new ApiObject(shop, 'agent', PRIVILEGED);
  expect(refusal(() => app.synthYaml())).toMatch(/runs privileged/);
});

it('refuses an object whose metadata a patch has taken away, and says which it is', () => {
  const app = new HardenedApp({ outdir: path.join(folder, 'dist/manifests') });
  const shop = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  new ApiObject(shop, 'robot', ACCOUNT).addJsonPatch(JsonPatch.replace('/metadata', null));
  expect(refusal(() => app.synthYaml())).toMatch(
    /^shop\/robot .*renders no object of the Kubernetes API: it has no metadata\. Look at what its patches do\.$/,
  );
});
