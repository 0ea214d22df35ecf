import { Cluster } from './cluster';
import { until } from './cluster/processes';
import { proof } from './proofs/proof';

const APPLY = ['apply', '--server-side', '--validate=strict', '-R', '-f'];

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start();
});
afterAll(() => cluster.stop());

/**
 * Everything that synth has made, as it is in the cluster. Without the resource version: an admission policy whose status was
 * written since has a new time among its managed fields after the next apply, and nothing else.
 */
async function objects(): Promise<unknown[]> {
  const { stdout } = await cluster.kubectl(['get', '-R', '-f', `${cluster.dist}/manifests`, '-o', 'json']);
  const { items } = JSON.parse(stdout) as { items: { metadata: object }[] };
  return items.map((item) => ({ ...item, metadata: { ...item.metadata, resourceVersion: undefined } }));
}

/** What the controller manager says of the admission policies. */
async function policies(): Promise<Policy[]> {
  const { stdout } = await cluster.kubectl(['get', 'validatingadmissionpolicies', '-o', 'json']);
  return (JSON.parse(stdout) as { items: Policy[] }).items;
}

interface Policy {
  readonly status?: { readonly observedGeneration?: number; readonly typeChecking?: { readonly expressionWarnings?: readonly object[] } };
}

it('runs the programs of its minor, with a service account for pods that name none', async () => {
  expect((await cluster.kubectl(['version'])).stdout).toContain(`Server Version: v${cluster.minor}.`);
  expect(await cluster.kubectl(['get', 'serviceaccount', 'default'])).toMatchObject({ status: 0 });
});

it('takes the manifests of the blueprint from empty, in one go and strictly; again, nothing changes', async () => {
  expect(await cluster.kubectl([...APPLY, `${cluster.dist}/manifests`])).toMatchObject({ status: 0, stderr: '' });
  await until('every policy is type-checked', async () =>
    (await policies()).every(({ status }) => status?.observedGeneration !== undefined),
  );
  expect((await policies()).flatMap(({ status }) => status?.typeChecking?.expressionWarnings ?? [])).toEqual([]);
  const before = await objects();
  expect(before.length).toBeGreaterThan(100);
  const exempt = { user: 'oidc:ann', groups: ['oidc:oncall'] }; // from 1.37 on nobody else changes policies that are there
  expect(await cluster.kubectl([...APPLY, `${cluster.dist}/manifests`], { as: exempt })).toMatchObject({ status: 0, stderr: '' });
  expect(await objects()).toEqual(before);
});

proof('AUTH-02', 'anonymous requests reach health and nothing else', async () => {
  const paths = [
    '/livez',
    '/readyz',
    '/healthz',
    '/livez/ping',
    '/version',
    '/api',
    '/apis',
    '/openapi/v3',
    '/metrics',
    '/.well-known/openid-configuration',
  ];
  const answers = await Promise.all(paths.map(async (path) => [path, (await cluster.request(path)).status]));
  expect(Object.fromEntries(answers)).toEqual({
    '/livez': 200,
    '/readyz': 200,
    '/healthz': 200,
    ...Object.fromEntries(paths.slice(3).map((path) => [path, 401])),
  });
});

proof('NET-22', 'a Secret is unreadable in etcd, and readable through the API server', async () => {
  const made = await cluster.kubectl([
    'create',
    'secret',
    'generic',
    'db',
    '--namespace=kube-public',
    '--from-literal=word=not-for-everybody',
  ]);
  expect(made).toMatchObject({ status: 0 });
  const stored = await cluster.etcdGet('/registry/secrets/kube-public/db');
  expect(stored?.toString('latin1')).toMatch(/^k8s:enc:secretbox:v1:key-/);
  expect(stored?.includes('not-for-everybody')).toBe(false);
  const read = await cluster.kubectl(['get', 'secret', 'db', '--namespace=kube-public', '-o', 'jsonpath={.data.word}']);
  expect(Buffer.from(read.stdout, 'base64').toString()).toBe('not-for-everybody');
});

it('of a cluster as kubeadm makes it by itself, the same questions have other answers', async () => {
  const plain = await Cluster.start({ hardened: false, controllers: false });
  try {
    expect(await plain.request('/version')).toMatchObject({ status: 200 });
    await plain.kubectl(['create', 'secret', 'generic', 'db', '--namespace=kube-public', '--from-literal=word=for-everybody']);
    expect((await plain.etcdGet('/registry/secrets/kube-public/db'))?.includes('for-everybody')).toBe(true);
  } finally {
    await plain.stop();
  }
});
