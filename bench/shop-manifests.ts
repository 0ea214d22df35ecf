import { VALID_POD } from '../src';
import type { KubeObject, Manifest } from '../src';

type Json = Record<string, unknown>;

const RBAC = 'rbac.authorization.k8s.io';
const INSTANCE = 'app.kubernetes.io/instance';
const BOTH = ['Ingress', 'Egress'];
const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
    { ipBlock: { cidr: '169.254.20.10/32' } },
  ],
  ports: ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol })),
};
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const BOUNDS = Object.fromEntries(COMPUTE.map((resource) => [resource, '1Gi']));

/**
 * About `count` manifests like those of a hardened Online Boutique: namespaces with policies, quota, limits and a deployer,
 * and in each some workloads that call one another, with Service, policy, budget, service account and what it may read.
 */
export function shopManifests(count: number, workloadsPerNamespace: number): Manifest[] {
  const objects: KubeObject[] = [];
  while (objects.length < count) {
    const namespace = `shop-${objects.length}`;
    objects.push(...namespaceObjects(namespace));
    const workloads = Math.min(workloadsPerNamespace, Math.max(1, Math.floor((count - objects.length) / OBJECTS_PER_WORKLOAD)));
    for (let index = 0; index < workloads; index += 1) {
      objects.push(...workloadObjects(namespace, index, workloads));
    }
  }
  return objects.map((object) => ({ object, origin: { path: `${object.metadata.namespace ?? 'cluster'}/${object.metadata.name}` } }));
}

function namespaceObjects(name: string): KubeObject[] {
  const podSecurity = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'v1.35'],
  ]);
  const labels = { ...Object.fromEntries(podSecurity), 'cdk8s-hardened/tenant': name, 'cdk8s-hardened/enforcement': 'deny' };
  const object = maker(name);
  const deployer = { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'] };
  const hard = Object.fromEntries(
    COMPUTE.flatMap((resource) => [`requests.${resource}`, `limits.${resource}`].map((key) => [key, '64Gi'])),
  );
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
    object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', { spec: { podSelector: {}, policyTypes: BOTH } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'allow-dns', { spec: { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] } }),
    object('v1', 'ResourceQuota', 'quota', { spec: { hard } }),
    object('v1', 'LimitRange', 'limits', { spec: { limits: [{ type: 'Container', default: BOUNDS, defaultRequest: BOUNDS }] } }),
    object('v1', 'ServiceAccount', 'default', { automountServiceAccountToken: false }),
    ...role(name, 'ci-deployer', [deployer], { apiGroup: RBAC, kind: 'Group', name: `${name}-ci` }),
  ];
}

/** Objects that `workloadObjects` makes. */
const OBJECTS_PER_WORKLOAD = 7;

function workloadObjects(namespace: string, index: number, workloads: number): KubeObject[] {
  const name = service(index);
  const labels = { [INSTANCE]: name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': namespace };
  const selector = { matchLabels: { [INSTANCE]: name } };
  const spec = { ...(structuredClone(VALID_POD['spec']) as Json), serviceAccountName: name };
  const object = maker(namespace, labels);
  const flow = (other: number) => [{ podSelector: { matchLabels: { [INSTANCE]: service(other) } } }];
  const ports = [{ port: 8080, protocol: 'TCP' }];
  return [
    object('v1', 'ServiceAccount', name, { automountServiceAccountToken: false }),
    object('apps/v1', 'Deployment', name, { spec: { replicas: 2, selector, template: { metadata: { labels }, spec } } }),
    object('v1', 'Service', name, { spec: { type: 'ClusterIP', selector: { [INSTANCE]: name }, ports: [{ port: 80, targetPort: 8080 }] } }),
    object('policy/v1', 'PodDisruptionBudget', name, { spec: { selector, maxUnavailable: 1 } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', name, {
      spec: {
        podSelector: selector,
        policyTypes: BOTH,
        ingress: [{ from: flow((index + 1) % workloads), ports }],
        egress: [DNS, { to: flow((index + workloads - 1) % workloads), ports }],
      },
    }),
    ...role(namespace, name, [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: [name] }], {
      kind: 'ServiceAccount',
      name,
      namespace,
    }),
  ];
}

function service(index: number): string {
  return `service-${index}`;
}

function role(namespace: string, name: string, rules: readonly Json[], subject: Json): KubeObject[] {
  const object = maker(namespace);
  return [
    object(`${RBAC}/v1`, 'Role', name, { rules }),
    object(`${RBAC}/v1`, 'RoleBinding', name, { roleRef: { apiGroup: RBAC, kind: 'Role', name }, subjects: [subject] }),
  ];
}

function maker(namespace: string, labels: Record<string, string> = {}) {
  return (apiVersion: string, kind: string, name: string, rest: Json): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace, labels },
    ...rest,
  });
}
