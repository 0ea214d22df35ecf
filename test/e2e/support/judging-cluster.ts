import { podExample, VALID_POD } from '../../../src';
import type { BlueprintProps, KubeObject, KubernetesMinor } from '../../../src';
import { Cluster } from '../cluster';
import { until } from '../cluster/processes';
import { ask, requestFor } from './admission-requests';

/** The platform on which the examples of the rules are judged; every rule denies, also outside namespaces. */
const judging = (blueprint: BlueprintProps): BlueprintProps => ({
  ...blueprint,
  cluster: { ...blueprint.cluster, nodes: { userNamespaces: true } },
  images: { registries: ['registry.example.com/', 'registry.example.com:5000/'] },
  tenants: [],
  enforcement: { cluster: 'deny', exempt: { users: ['jane'] }, namespaces: { default: 'deny' }, rules: { 'secret-inline-data': 'deny' } },
});

/** Where policies deny and Pod Security does not: it would speak first. Made before the policies are. */
const SHOP: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'cdk8s-hardened/enforcement': 'deny', 'pod-security.kubernetes.io/enforce': 'privileged' } },
};

const ACCOUNTS = ['shop', 'default', 'kube-system'].map((namespace) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'web', namespace },
  automountServiceAccountToken: false,
}));

/** A cluster in which the policies have the last word on every object, in the namespace `shop` on pods too. */
export async function judgingCluster(minor?: KubernetesMinor): Promise<Cluster> {
  const cluster = await Cluster.start({ change: judging, minor });
  for (const object of [SHOP, ...ACCOUNTS, VALID_POD]) {
    await applied(cluster, ['-f', '-'], JSON.stringify(object));
  }
  await applied(cluster, ['-R', '-f', `${cluster.dist}/manifests`]);
  await until(
    'policies are in force',
    async () => (await ask(cluster, requestFor(podExample({ hostUsers: true })))).deniedBy !== undefined,
    10_000,
  );
  return cluster;
}

async function applied(cluster: Cluster, args: readonly string[], input?: string): Promise<void> {
  const { status, stderr } = await cluster.kubectl(['apply', '--server-side', ...args], { input });
  if (status !== 0) {
    throw new Error(`kubectl apply failed: ${stderr}`);
  }
}
