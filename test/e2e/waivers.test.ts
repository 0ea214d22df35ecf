import * as path from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { containerExample, HardenedApp, HardenedBaseline, inController, loadBlueprint } from '../../src';
import type { KubeObject } from '../../src';
import { Cluster } from './cluster';
import { until } from './cluster/processes';
import { proof } from './proofs/proof';
import { ask } from './support/admission-requests';
import type { Verdict } from './support/admission-requests';

const IMAGE = `us-central1-docker.pkg.dev/online-boutique-ci/agent:1@sha256:${'0'.repeat(64)}`;

/** A pod that writes to its root filesystem, and has no other fault. */
function agent(change: { readonly namespace?: string; readonly account?: string; readonly container?: object } = {}): KubeObject {
  const { namespace = 'data', account = 'agent', container = {} } = change;
  const securityContext = { readOnlyRootFilesystem: false };
  const pod = containerExample({ image: IMAGE, securityContext, ...container });
  return { ...pod, metadata: { name: 'agent', namespace }, spec: { ...(pod['spec'] as object), serviceAccountName: account } };
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start();
  const { settings, baseline } = loadBlueprint(path.join(cluster.folder, 'blueprint.yaml'));
  const waiver = {
    control: 'POD-04',
    target: 'Deployment/data/agent',
    container: 'main',
    reason: 'test',
    owner: 'data@example.com',
    expires: '2099-12-31',
  };
  const outdir = path.join(cluster.folder, 'waived/manifests');
  const app = new HardenedApp({ outdir, settings: { ...settings, waivers: [waiver] } });
  new HardenedBaseline(app, 'baseline', baseline);
  const chart = new Chart(app, 'data-agent');
  new ApiObject(chart, 'account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'agent', namespace: 'data' },
    automountServiceAccountToken: false,
  });
  new ApiObject(chart, 'agent', inController(agent(), 'Deployment'));
  app.synth();
  expect(await cluster.kubectl(['apply', '--server-side', '-R', '-f', outdir])).toMatchObject({ status: 0 });
  for (const namespace of ['data', 'payments']) {
    for (const name of ['agent', 'other']) {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false };
      expect(await cluster.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(account) })).toMatchObject({ status: 0 });
    }
  }
  await until('policies are in force', async () => (await make(agent({ account: 'other' }))).deniedBy !== undefined, 10_000);
});
afterAll(() => cluster.stop());

function make(object: KubeObject): Promise<Verdict> {
  return ask(cluster, { operation: 'CREATE', object });
}

const FAULT = 'can write to its root filesystem';

describe('what is waived for one workload', () => {
  proof('POD-04', 'is taken of it, as the workload and as its pod', async () => {
    const admitted = { deniedBy: undefined, invalid: undefined, warnings: [] };
    expect(await make(agent())).toEqual(admitted);
    expect(await make(inController(agent(), 'Deployment'))).toEqual(admitted);
  });

  const others: readonly (readonly [string, KubeObject])[] = [
    ['of another workload of the namespace', agent({ account: 'other' })],
    ['of another container of the pod', agent({ container: { name: 'second' } })],
    ['of one of the same name in another namespace', agent({ namespace: 'payments' })],
  ];
  for (const [what, object] of others) {
    proof('POD-04', `is refused ${what}`, async () => {
      expect(await make(object)).toMatchObject({ deniedBy: 'cdk8s-hardened-pods', warnings: [FAULT] });
    });
  }

  proof('POD-07', 'leaves its other faults refused', async () => {
    const pod = agent({ container: { image: IMAGE.replace(/@.*/, '') } });
    const { deniedBy, warnings } = await make(pod);
    expect(deniedBy).toBe('cdk8s-hardened-pods');
    expect(warnings).not.toContain(FAULT);
    expect(warnings).toHaveLength(1);
  });
});
