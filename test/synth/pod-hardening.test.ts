import * as path from 'node:path';
import { ApiObject, Chart, Include, Testing } from 'cdk8s';
import type { App } from 'cdk8s';
import { hardenObject, HardenedApp, PlatformSettings, podSpecOf } from '../../src';
import { VALID_POD } from '../../src';
import { PodHardening } from '../../src';
import type { KubeObject } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

const RAW = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'raw', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'raw' } },
    template: {
      metadata: { labels: { app: 'raw' } },
      spec: {
        serviceAccountName: 'raw',
        containers: [
          {
            name: 'raw',
            image: IMAGE,
            livenessProbe: { httpGet: { path: '/', port: 80 } },
            readinessProbe: { httpGet: { path: '/', port: 80 } },
          },
        ],
      },
    },
  },
};

function foreign(app: App): Chart {
  const chart = new Chart(app, 'foreign', { namespace: 'shop' });
  new ApiObject(chart, 'raw', RAW);
  new kplus.Deployment(chart, 'plain', {
    metadata: { name: 'plain' },
    serviceAccount: new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'plain' } }),
    containers: [{ image: IMAGE, readiness: kplus.Probe.fromCommand(['ok']), liveness: kplus.Probe.fromCommand(['ok']) }],
  });
  return chart;
}

it('hardens raw objects, included YAML and plain cdk8s-plus, those added after the call too', () => {
  const app = new HardenedApp({ hardenForeign: true });
  const chart = foreign(app);
  new Include(chart, 'included', { url: path.join(__dirname, '../support/included-cron-job.yaml') });
  const pods = app
    .synthesise()
    .artifacts.manifests.map(({ object }) => object)
    .filter((object) => podSpecOf(object) !== undefined);
  expect(pods.map((object) => object.kind).sort()).toEqual(['CronJob', 'Deployment', 'Deployment']);
  for (const pod of pods) {
    expect(podSpecOf(pod)?.['securityContext']).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  }
});

it('leaves foreign objects as they are unless asked, and then refuses them', () => {
  const app = new HardenedApp();
  foreign(app);
  expect(() => app.synthYaml()).toThrow(/Deployment shop\/raw {2}container raw: can write to its root filesystem/);
});

it('works in a plain App on a part of the tree', () => {
  const chart = foreign(Testing.app());
  PodHardening.onSynth(chart);
  PodHardening.onSynth(chart);
  const [raw] = Testing.synth(chart) as KubeObject[];
  expect(podSpecOf(raw as KubeObject)?.['automountServiceAccountToken']).toBe(false);
});

it('refuses what it cannot decide: an unsafe value that somebody wrote, an image without digest', () => {
  const app = new HardenedApp({ hardenForeign: true });
  const unsafe = JSON.parse(JSON.stringify(RAW)) as typeof RAW;
  Object.assign(unsafe.spec.template.spec.containers[0] as object, { image: 'web', securityContext: { privileged: true } });
  new ApiObject(new Chart(app, 'foreign'), 'raw', unsafe);
  expect(() => app.synthYaml()).toThrow(/runs privileged[\s\S]*runs an image that no digest fixes/);
});

it('changes nothing the second time, and never the object that it is given', () => {
  const settings = PlatformSettings.from({ nodes: { lsm: 'apparmor', userNamespaces: true } });
  const before = JSON.stringify(RAW);
  const once = hardenObject(RAW, settings);
  expect(hardenObject(once, settings)).toEqual(once);
  expect(JSON.stringify(RAW)).toBe(before);
});

it('leaves Windows pods to the checks that are meant for them', () => {
  const windows = { ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), os: { name: 'windows' } } } as KubeObject;
  expect(hardenObject(windows, PlatformSettings.from())).toEqual(windows);
});
