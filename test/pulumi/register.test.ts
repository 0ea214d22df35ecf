import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import {
  HardenedApp,
  HardenedBaseline,
  HardenedDeployment,
  identityOf,
  IsolatedNamespace,
  loadBlueprint,
  planStages,
  Probes,
} from '../../src';
import type { KubeObject } from '../../src';
import { OutputResolver, register } from '../../src/pulumi';
import { kindClass } from '../../src/pulumi/kind-classes';
import { SDK_KINDS } from '../../src/pulumi/kinds.gen';
import type { RegisterOptions } from '../../src/pulumi';
import { IMAGE } from '../support/images';
import { mockEngine, settled } from '../support/pulumi-mocks';
import type { Sent } from '../support/pulumi-mocks';

const FREE = { rules: [] }; // of registration alone

/** An app with these objects in one chart, and no rules. */
function appOf(...objects: object[]): HardenedApp {
  const app = new HardenedApp(FREE);
  const chart = new Chart(app, 'chart');
  objects.forEach((object, index) => new ApiObject(chart, `o${index}`, object as KubeObject));
  return app;
}

async function sentOf(app: HardenedApp, options?: RegisterOptions): Promise<Sent[]> {
  const sent = await mockEngine();
  await register('shop-prod', app, options);
  await settled();
  return sent;
}

/** What was sent for the one object, whose type ends so. */
async function sentFor(objects: object[], type: string, options?: RegisterOptions): Promise<Sent> {
  const found = (await sentOf(appOf(...objects), options)).filter((item) => item.type.endsWith(type));
  expect(found).toHaveLength(1);
  return found[0] as Sent;
}

const refusal = async (app: HardenedApp, options?: RegisterOptions): Promise<Error> => {
  const sent = await mockEngine();
  const error = await register('shop-prod', app, options).then(
    () => new Error('was accepted'),
    (thrown: Error) => thrown,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(sent).toEqual([]);
  return error;
};

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' }, data: { a: '1' } };
const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Widget' } },
};
const WIDGET = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' }, size: 3 };
const BINDING = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'b' },
  spec: {},
};
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 2 } };

describe('the baseline of the checkout', () => {
  let sent: Sent[];
  let app: HardenedApp;
  beforeAll(async () => {
    const { settings, baseline } = loadBlueprint();
    app = new HardenedApp({ settings: { ...settings, registries: undefined } });
    const shop = new HardenedBaseline(app, 'baseline', baseline).namespace('shop');
    new HardenedDeployment(shop, 'web', { image: IMAGE, port: 8080, probes: Probes.tcp() });
    sent = await sentOf(app);
  });

  it('sends every object once, as cdk8s synth writes it', () => {
    const objects = planStages(app.synthesise().artifacts.manifests).map(({ manifest }) => manifest.object);
    const custom = sent.filter((item) => item.custom);
    expect(custom.map((item) => JSON.stringify(item.inputs, sorted)).sort()).toEqual(
      objects.map((object) => JSON.stringify(object, sorted)).sort(),
    );
    expect(new Set(sent.map(({ urn }) => urn)).size).toBe(sent.length);
  });

  it('gives components no inputs, since those are stored in the state', () => {
    expect(sent.filter((item) => !item.custom).map(({ inputs }) => inputs)).toEqual(sent.filter((item) => !item.custom).map(() => ({})));
  });

  it('chains the stages: each waits for all of the one before, and its objects for their stage', () => {
    const stages = sent.filter(({ type }) => type === 'cdk8s-hardened:index:Stage');
    const waves = ['foundation', 'tenancy', 'tenancy-2', 'workloads', 'enforcement'];
    expect(stages.map(({ name }) => name)).toEqual(waves.map((wave) => `shop-prod-${wave}`));
    stages.slice(1).forEach((stage, index) => {
      const before = sent.filter((item) => item.parent === stages[index]?.name).map(({ name }) => name);
      expect([...stage.dependencies].sort()).toEqual(before.sort());
    });
  });

  it('needs no more than one dependency for each object', () => {
    const edges = sent.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
    expect(edges / sent.filter(({ custom }) => custom).length).toBeLessThanOrEqual(1);
  });

  it('only patches what Kubernetes makes itself', () => {
    const patches = sent.filter(({ type }) => type.endsWith('Patch'));
    expect(patches.map(({ name }) => name)).toEqual(expect.arrayContaining(['default/default', 'kube-system/default', 'shop/default']));
    expect(new Set(patches.map(({ type }) => type))).toEqual(new Set(['kubernetes:core/v1:ServiceAccountPatch']));
  });
});

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

it('makes a custom resource of a kind that Kubernetes does not know, without the namespace of its chart where its definition says so', async () => {
  const app = new HardenedApp(FREE);
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  new ApiObject(chart, 'crd', CRD);
  new ApiObject(chart, 'widget', WIDGET);
  const widget = (await sentOf(app)).find(({ type }) => type === 'kubernetes:example.com/v1:Widget');
  expect(widget).toMatchObject({ name: 'one', inputs: { size: 3, metadata: { name: 'one' } }, parent: 'shop-prod-workloads' });
  expect(widget?.inputs.metadata).not.toHaveProperty('namespace');
});

it('makes a dependency of a need in the same stage', async () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' }, spec: {} };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] },
  };
  expect((await sentFor([pod, claim], 'v1:Pod')).dependencies).toEqual(['shop/data']);
});

it('gives an object one URN, whatever its chart and its stage', async () => {
  const here = await sentFor([CONFIG], 'ConfigMap');
  const app = new HardenedApp(FREE);
  new ApiObject(new Chart(new Chart(app, 'another'), 'deeper'), 'c', CONFIG);
  new ApiObject(new Chart(app, 'last'), 'b', BINDING);
  const elsewhere = (await sentOf(app)).find(({ type }) => type.endsWith('ConfigMap'));
  expect(elsewhere?.urn).toBe(here.urn);
  expect(here.urn).toMatch(/::cdk8s-hardened:index:Stage\$kubernetes:core\/v1:ConfigMap::shop\/web$/);
});

it.each([
  ['Namespace', NAMESPACE],
  ['CustomResourceDefinition', CRD],
])('protects a %s, but not in an ephemeral stack', async (kind, object) => {
  expect((await sentFor([object], kind)).protect).toBe(true);
  expect((await sentFor([object], kind, { ephemeral: true })).protect).toBe(false);
});

it('ends with what depends on the last stage and is protected, so that a protected stack is kept whole', async () => {
  const protection = await sentFor([NAMESPACE, CONFIG], ':Protection');
  expect(protection).toMatchObject({ dependencies: ['shop/web'], protect: true, parent: 'shop-prod' });
  expect((await sentFor([NAMESPACE, CONFIG], ':Protection', { ephemeral: true })).protect).toBe(false);
});

it('protects nothing that can be made again', async () => {
  expect((await sentFor([CONFIG], 'ConfigMap')).protect).toBe(false);
});

it('patches the namespaces of Kubernetes and does not protect the patch', async () => {
  const patch = await sentFor([{ ...NAMESPACE, metadata: { name: 'kube-system', labels: { a: 'b' } } }], 'NamespacePatch');
  expect(patch).toMatchObject({ name: 'kube-system', protect: false });
});

it('patches what it is told that somebody else owns', async () => {
  expect((await sentFor([DEPLOYMENT], 'DeploymentPatch', { patch: ({ kind }) => kind === 'Deployment' })).name).toBe('shop/web');
  expect((await sentFor([CRD, WIDGET], 'WidgetPatch', { patch: ({ kind }) => kind === 'Widget' })).inputs).toMatchObject({ size: 3 });
});

it('deletes an object before its replacement takes its name', async () => {
  expect((await sentFor([CONFIG], 'ConfigMap')).deleteBeforeReplace).toBe(true);
});

it('imports what an option says is there already', async () => {
  const options = { options: (object: KubeObject) => (object.kind === 'ConfigMap' ? { import: 'shop/web' } : {}) };
  expect(await sentFor([CONFIG], 'ConfigMap', options)).toMatchObject({ importId: 'shop/web', parent: 'shop-prod-tenancy' });
});

const WEBHOOK = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'w' },
  webhooks: [],
};
const scaler = (name: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'h', namespace: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
});
const API = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1.example.com' }, spec: {} };
const converted = { ...CRD, spec: { ...CRD.spec, conversion: { strategy: 'Webhook', webhook: { clientConfig: {} } } } };

it.each([
  ['the replicas of what is scaled', [DEPLOYMENT, scaler('web')], 'Deployment', ['spec.replicas']],
  ['not the replicas of another', [DEPLOYMENT, scaler('db')], 'Deployment', []],
  ['the authority of webhooks', [WEBHOOK], 'WebhookConfiguration', ['webhooks[*].clientConfig.caBundle']],
  ['the authority of a served API', [API], 'APIService', ['spec.caBundle']],
  ['the authority of a conversion', [converted], 'CustomResourceDefinition', ['spec.conversion.webhook.clientConfig.caBundle']],
  ['nothing of a definition that converts nothing', [CRD], 'CustomResourceDefinition', []],
])('leaves to controllers what is theirs: %s', async (_what, objects, kind, fields) => {
  expect((await sentFor(objects, kind)).ignoreChanges).toEqual(fields);
});

it('keeps every object once when there are more than are sent at a time', async () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ ...CONFIG, metadata: { name: `c${index}`, namespace: 'shop' } }));
  const names = (await sentOf(appOf(NAMESPACE, ...many))).filter(({ type }) => type.endsWith('ConfigMap')).map(({ name }) => name);
  expect(new Set(names).size).toBe(300);
  expect(names).toHaveLength(300);
});

it('registers what is selected, and tells of all', async () => {
  await mockEngine();
  const { resources, synthesis } = await register('shop-prod', appOf(NAMESPACE, CONFIG), {
    select: ({ object }) => object.kind === 'ConfigMap',
  });
  await settled();
  expect([...resources.keys()]).toEqual([identityOf(CONFIG)]);
  expect(synthesis.artifacts.manifests).toHaveLength(2);
});

describe('Outputs', () => {
  /** A config map whose data are what `data` makes of the resolver. */
  function appWith(data: (outputs: OutputResolver) => object): HardenedApp {
    const outputs = new OutputResolver();
    const app = new HardenedApp({ ...FREE, resolvers: [outputs] });
    new ApiObject(new Chart(app, 'chart'), 'c', { ...CONFIG, ...data(outputs) });
    return app;
  }
  const dataOf = async (app: HardenedApp) => (await sentOf(app)).find(({ type }) => type.endsWith('ConfigMap'))?.inputs['data'] as unknown;
  const host = () => pulumi.output(Promise.resolve('db.internal'));

  it('stand alone, or in a text', async () => {
    const app = appWith((outputs) => ({
      data: { host: host(), url: `pg://${outputs.text(host())}:5432/${outputs.text(pulumi.output('shop'))}` },
    }));
    expect(await dataOf(app)).toEqual({ host: 'db.internal', url: 'pg://db.internal:5432/shop' });
  });

  it('flow into hardened constructs', async () => {
    const outputs = new OutputResolver();
    const app = new HardenedApp({ resolvers: [outputs] });
    const shop = new IsolatedNamespace(new Chart(app, 'chart'), 'shop', { owner: 'o' });
    new HardenedDeployment(shop, 'web', { image: IMAGE, port: 8080, probes: Probes.tcp(), env: { DB_HOST: outputs.text(host()) } });
    const web = (await sentOf(app)).find(({ type }) => type.endsWith(':Deployment'))?.inputs;
    expect(web?.['spec'].template.spec.containers[0].env).toEqual([{ name: 'DB_HOST', value: 'db.internal' }]);
  });

  it('are refused when they are secret, with field, control and remedy', async () => {
    const { message } = await refusal(appWith(() => ({ data: { token: pulumi.secret('s3cr3t') } })));
    expect(message).toMatch(
      /^✗ ConfigMap shop\/web \(chart\/c.*\): the Output in data\.token is a secret \(control NET-22.*pulumi\.unsecret/,
    );
    expect(message).not.toContain('s3cr3t');
  });

  it('are refused where the object must be known: in its name', async () => {
    const app = appWith((outputs) => ({ metadata: { name: outputs.text(host()) } }));
    expect((await refusal(app)).message).toContain('an Output stands in metadata.name');
  });

  it('are refused where the app has no resolver for them, with the remedy', async () => {
    const { message } = await refusal(appOf({ ...CONFIG, data: { host: host() } }));
    expect(message).toMatch(/'chart\/o0'.*OutputImpl.*\n.*resolvers: \[new OutputResolver\(\)\].*\nNothing was applied\.$/);
  });
});

it('refuses what rules find, without a stack and before anything is registered', async () => {
  const app = new HardenedApp();
  new ApiObject(new Chart(app, 'chart'), 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { hostPID: true },
  });
  const { message } = await refusal(app);
  expect(message).toContain('✗ Pod shop/p: shares a namespace of the host');
  expect(message).toMatch(/Nothing was applied\.$/);
});

it('refuses two objects of one identity', async () => {
  expect((await refusal(appOf(CONFIG, CONFIG))).message).toContain('ConfigMap shop/web is defined twice');
});

it('refuses a field that the SDK would drop', async () => {
  const { message } = await refusal(appOf({ ...CONFIG, sepc: {} }));
  expect(message).toMatch(/✗ ConfigMap shop\/web .*: 'sepc' is no field of v1 ConfigMap in @pulumi\/kubernetes 4\./);
});

it('finds a class, and one for patches, for every kind of the table', () => {
  const kinds = Object.entries(SDK_KINDS).flatMap(([apiVersion, { kinds: names }]) =>
    Object.keys(names).map((kind) => ({ apiVersion, kind, metadata: { name: 'n' } })),
  );
  const names = kinds.map((object) => [kindClass(object, false).name, kindClass(object, true).name]);
  expect(names).toEqual(kinds.map(({ kind }) => [kind, `${kind}Patch`]));
});
