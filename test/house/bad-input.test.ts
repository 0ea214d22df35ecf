import { Chart } from 'cdk8s';
import type { Verb } from '../../src';
import { HardenedApp, HardenedContainer, HardenedDeployment, IsolatedNamespace, Permission, Probes, Resource } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

const WEB = { image: IMAGE, port: 8080, probes: Probes.tcp() };
const probe = kplus.Probe.fromCommand(['ok']);

/** What synth says of a namespace with this in it. */
function refusal(fill: (shop: IsolatedNamespace) => void): string {
  const app = new HardenedApp({ outdir: '/nonexistent/manifests' });
  try {
    fill(new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' }));
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

// What people get wrong, and what they are told: one error, with the object, the control and the remedy.
it.each<[string, RegExp, (shop: IsolatedNamespace) => void]>([
  [
    'a missing digest',
    /Deployment shop\/web {2}container main: .*no digest[\s\S]*POD-07[\s\S]*mend {5}write the image as/,
    (shop) => void new HardenedDeployment(shop, 'web', { ...WEB, image: 'registry.example.com/web:1' }),
  ],
  [
    'privileged: true',
    /Deployment shop\/web {2}container main: runs privileged[\s\S]*POD-09[\s\S]*mend {5}remove `privileged: true`/,
    (shop) =>
      void new HardenedDeployment(shop, 'web', {
        containers: [{ image: IMAGE, readiness: probe, liveness: probe, securityContext: { privileged: true } }],
      }),
  ],
  [
    'a hostPath',
    /Deployment shop\/web: mounts a path of the host \(host: \/\)[\s\S]*POD-12[\s\S]*mend {5}use a persistentVolumeClaim/,
    (shop) =>
      void new HardenedDeployment(shop, 'web', { ...WEB, volumes: [kplus.Volume.fromHostPath(shop, 'host', 'host', { path: '/' })] }),
  ],
  [
    'a wildcard',
    /Permission for pods: '\*' cannot be granted \(control AUTH-05\)\. Use Verb\./,
    () => void Permission.of(Resource.PODS, ['*' as Verb]),
  ],
  [
    'a port name with no port',
    /container 'web': portName 'http' has no port \(control NET-04.*Give 'port' too/,
    () => void HardenedContainer.of({ name: 'web', image: IMAGE, portName: 'http' }),
  ],
  [
    'two objects with one identity',
    /Deployment shop\/web is defined twice: by shop\/web .* and by other\/web .*\(control NET-02\)\. Give one of them another name/,
    (shop) => {
      new HardenedDeployment(shop, 'web', WEB);
      new HardenedDeployment(new Chart(shop.node.root, 'other', { namespace: 'shop' }), 'web', WEB);
    },
  ],
])('%s', (_what, message, fill) => expect(refusal(fill)).toMatch(message));

it('tells what is defined twice in one line, not once for each object of the workload', () => {
  const text = refusal((shop) =>
    [shop, new Chart(shop.node.root, 'other', { namespace: 'shop' })].forEach((scope) => new HardenedDeployment(scope, 'web', WEB)),
  );
  expect(text.match(/defined twice/g)).toHaveLength(1);
});

it('tells one finding once, and ends with the count', () => {
  const text = refusal((shop) => void new HardenedDeployment(shop, 'web', { ...WEB, image: 'registry.example.com/web:1' }));
  expect(text.match(/✗/g)).toHaveLength(1);
  expect(text).toMatch(/\n1 finding, 0 waived\. Nothing was written; .* holds what was there before\.$/);
});
