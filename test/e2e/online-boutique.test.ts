import * as path from 'node:path';
import { onlineBoutique } from '../../examples/online-boutique/online-boutique';
import { HardenedApp, HardenedBaseline, IsolatedNamespace, loadBlueprint, loadImageLock } from '../../src';
import { Cluster } from './cluster';
import { until } from './cluster/processes';
import { proof } from './proofs/proof';

const ROOT = path.join(__dirname, '../..');
const APPLY = ['apply', '--server-side', '--validate=strict', '-R', '-f'];
/** Who may change policies that are there. */
const EXEMPT = { user: 'oidc:ann', groups: ['oidc:oncall'] };

let cluster: Cluster;
let manifests: string;
beforeAll(async () => {
  cluster = await Cluster.start();
  manifests = path.join(cluster.folder, 'shop/manifests');
  const { settings, baseline } = loadBlueprint(path.join(cluster.folder, 'blueprint.yaml'));
  const app = new HardenedApp({ outdir: manifests, settings });
  new HardenedBaseline(app, 'baseline', baseline);
  onlineBoutique(
    new IsolatedNamespace(app, 'online-boutique', { owner: 'shop@example.com' }),
    loadImageLock(path.join(ROOT, 'images.lock.yaml')),
  );
  app.synth();
});
afterAll(() => cluster.stop());

interface Listed {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion: string; readonly generation?: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly currentNumberScheduled?: number };
}

async function listed(...args: string[]): Promise<Listed[]> {
  const { stdout } = await cluster.kubectl(['get', ...args, '-o', 'json']);
  return (JSON.parse(stdout) as { items: Listed[] }).items;
}

const IN_SHOP = '--namespace=online-boutique';

it('is applied with the baseline in one go, from empty and strictly', async () => {
  expect(await cluster.kubectl([...APPLY, manifests])).toMatchObject({ status: 0, stderr: '' });
});

proof('POD-08', 'every workload of the Online Boutique gets its pods under enforcement', async () => {
  const workloads = async (): Promise<Listed[]> => listed('deployments,statefulsets', IN_SHOP);
  expect(await workloads()).toHaveLength(11);
  await until('the controllers have made the pods', async () =>
    (await workloads()).every(({ spec, status }) => (status?.replicas ?? 0) >= (spec.replicas ?? 1)),
  );
  const pods = await listed('pods', IN_SHOP);
  expect(pods.length).toBeGreaterThanOrEqual(11);
  const events = await cluster.kubectl(['get', 'events', IN_SHOP, '--field-selector=reason=FailedCreate', '-o', 'name']);
  expect(events).toMatchObject({ status: 0, stdout: '' });
});

it('changes nothing when it is applied again', async () => {
  const generations = async (): Promise<unknown[]> =>
    (await listed('all,networkpolicies,serviceaccounts,resourcequotas,limitranges', IN_SHOP)).map(({ kind, metadata }) => [
      kind,
      metadata.name,
      metadata.generation,
    ]);
  const before = await generations();
  expect(await cluster.kubectl([...APPLY, manifests], { as: EXEMPT })).toMatchObject({ status: 0, stderr: '' });
  expect(await generations()).toEqual(before);
});

proof('POD-08', 'agents of nodes, as network plugins have them, keep rolling out where the cluster itself runs', async () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } };
  const agent = (version: string): string =>
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'network-agent', namespace: 'kube-system' },
      spec: {
        selector: { matchLabels: { app: 'network-agent' } },
        template: {
          metadata: { labels: { app: 'network-agent' } },
          spec: {
            hostNetwork: true,
            tolerations: [{ operator: 'Exists' }],
            containers: [
              {
                name: 'agent',
                image: `registry.example.com/agent:${version}`,
                securityContext: { privileged: true },
                volumeMounts: [{ name: 'net', mountPath: '/etc/cni/net.d' }],
              },
            ],
            volumes: [{ name: 'net', hostPath: { path: '/etc/cni/net.d' } }],
          },
        },
      },
    });
  expect(await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(node) })).toMatchObject({ status: 0 });
  const pods = ['pods', '--namespace=kube-system', '--selector=app=network-agent'];
  for (const version of ['1', '2']) {
    expect(await cluster.kubectl(['apply', '--server-side', '-f', '-'], { input: agent(version) })).toMatchObject({ status: 0 });
    await cluster.kubectl(['delete', ...pods, '--force']); // there is no kubelet that would end the old one
    await until('the node has its pod', async () => {
      const { stdout } = await cluster.kubectl(['get', ...pods, '-o', 'jsonpath={.items[*].spec.containers[0].image}']);
      return stdout === `registry.example.com/agent:${version}`;
    });
  }
});
