import { identityOf } from '../../src/manifest';
import type { KubeObject } from '../../src/manifest';
import { inController, VALID_POD } from '../../src/rules';

type Json = Record<string, unknown>;

const RBAC = 'rbac.authorization.k8s.io';
const NETWORKING = 'networking.k8s.io/v1';

/** An object in the namespace `shop`. */
export function inShop(apiVersion: string, kind: string, name: string, rest: Json = {}): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...rest };
}

export function policy(name: string, spec: Json, namespace = 'shop'): KubeObject {
  return { ...inShop(NETWORKING, 'NetworkPolicy', name, { spec }), metadata: { name, namespace } };
}

export function role(name: string, rules: readonly Json[]): KubeObject {
  return inShop(`${RBAC}/v1`, 'Role', name, { rules });
}

export function clusterRole(name: string, rules: readonly Json[], rest: Json = {}, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name, labels }, rules, ...rest };
}

/** A RoleBinding in `shop`, or in another namespace. `ref` is `Role/name` or `ClusterRole/name`. */
export function binding(name: string, ref: string, subjects: readonly Json[], namespace = 'shop'): KubeObject {
  const [kind, role] = ref.split('/');
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: RBAC, kind, name: role },
    subjects,
  };
}

export function clusterBinding(name: string, clusterRoleName: string, subjects: readonly Json[]): KubeObject {
  return { ...binding(name, `ClusterRole/${clusterRoleName}`, subjects), kind: 'ClusterRoleBinding', metadata: { name } };
}

export const group = (name: string): Json => ({ kind: 'Group', apiGroup: RBAC, name });
export const account = (name: string, namespace = 'shop'): Json => ({ kind: 'ServiceAccount', name, namespace });

/** A Deployment whose pods are labelled `app: <name>`. */
export function deployment(name: string, serviceAccountName = name): KubeObject {
  const pod = { ...VALID_POD, metadata: { ...VALID_POD.metadata, name }, spec: { ...(VALID_POD['spec'] as Json), serviceAccountName } };
  return inController(pod, 'Deployment');
}

export const NAMESPACE: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
export const DENY = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
export const QUOTA = inShop('v1', 'ResourceQuota', 'quota', {
  spec: { hard: { 'requests.cpu': '8', 'requests.memory': '16Gi', 'limits.cpu': '16', 'limits.memory': '32Gi', pods: '60' } },
});
export const LIMITS = inShop('v1', 'LimitRange', 'limits', {
  spec: { limits: [{ type: 'Container', default: { cpu: '1', memory: '1Gi' }, defaultRequest: { cpu: '100m', memory: '64Mi' } }] },
});
export const ACCOUNT = inShop('v1', 'ServiceAccount', 'web', { automountServiceAccountToken: false });
export const WEB = deployment('web');
export const SERVICE = inShop('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } });
export const WEB_POLICY = policy('web', {
  podSelector: { matchLabels: { app: 'web' } },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080 }] }],
});
export const READER = role('reader', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }]);
export const READS = binding('reader', 'Role/reader', [account('web')]);

const SHOP = [NAMESPACE, DENY, QUOTA, LIMITS, ACCOUNT, WEB, SERVICE, WEB_POLICY, READER, READS];

/** A namespace with one workload and all that belongs to it; objects of the same identity are replaced, others are added. */
export function shop(...changes: readonly KubeObject[]): KubeObject[] {
  return [...new Map([...SHOP, ...changes].map((object) => [identityOf(object), object])).values()];
}

/** The same without some of it. */
export function shopWithout(missing: readonly KubeObject[], ...changes: readonly KubeObject[]): KubeObject[] {
  return shop(...changes).filter((object) => !missing.includes(object));
}
