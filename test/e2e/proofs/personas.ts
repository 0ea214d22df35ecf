import { VALID_POD } from '../../../src/rules';

/** Personas of the blueprint, with a group of each; those of tenants are of the tenant `shop`. */
export const GROUP_OF = {
  'break-glass': 'oidc:oncall',
  'platform-operator': 'oidc:platform',
  auditor: 'oidc:security',
  'tenant-admin': 'oidc:shop-leads',
  developer: 'oidc:shop-devs',
  viewer: 'oidc:shop-support',
  'ci-deployer': 'oidc:shop-ci',
} as const;

export type Persona = keyof typeof GROUP_OF;
export const PERSONAS = Object.keys(GROUP_OF) as readonly Persona[];

/** A request, of which nothing stays: it is about an object that is not there, or a dry run. */
interface Action {
  readonly method?: string;
  readonly target: string;
  readonly body?: unknown;
}

const DRY = '?dryRun=All';
const shop = (target: string): string => `/api/v1/namespaces/shop/${target}`;
const made = (target: string, body: object): Action => ({ method: 'POST', target: `${target}${DRY}`, body });
const changed = (target: string, body: object = {}): Action => ({ method: 'PATCH', target: `${target}${DRY}`, body });
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ADMIN = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
const metadata = { name: 'proof' };

/** What a person may try. */
export const ACTIONS = {
  'reads the Secrets of the namespace': { target: shop('secrets') },
  'reads one Secret by its name': { target: shop('secrets/db') },
  'watches the Secrets of the cluster': { target: '/api/v1/secrets?watch=true&timeoutSeconds=1' },
  'runs a command in a container': { method: 'POST', target: shop('pods/none/exec?command=id&stdout=true') },
  'runs a command over a WebSocket': { target: shop('pods/none/exec?command=id&stdout=true') },
  'attaches to a container': { method: 'POST', target: shop('pods/none/attach?stdout=true') },
  'forwards a port': { method: 'POST', target: shop('pods/none/portforward') },
  'adds a container to a pod': changed(shop('pods/none/ephemeralcontainers')),
  'reaches a pod through the API server': { target: shop('pods/none/proxy/') },
  'reaches a kubelet': { target: '/api/v1/nodes/none/proxy/' },
  'gets a token of a service account': { method: 'POST', target: shop('serviceaccounts/default/token'), body: { spec: {} } },
  'gives cluster-admin away': made(`${RBAC}/clusterrolebindings`, { metadata, roleRef: ADMIN, subjects: [] }),
  'gives cluster-admin away in the namespace': made(`${RBAC}/namespaces/shop/rolebindings`, { metadata, roleRef: ADMIN, subjects: [] }),
  'makes a role with rights over Secrets': made(`${RBAC}/namespaces/shop/roles`, {
    metadata,
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
  }),
  'approves a certificate': changed('/apis/certificates.k8s.io/v1/certificatesigningrequests/none/approval'),
  'makes a pod': made(shop('pods'), VALID_POD),
  'makes a deployment': made('/apis/apps/v1/namespaces/shop/deployments', { metadata }),
  'makes a ConfigMap': made(shop('configmaps'), { metadata }),
  'makes a ConfigMap of another tenant': made('/api/v1/namespaces/payments/configmaps', { metadata }),
  'makes a service account': made(shop('serviceaccounts'), { metadata }),
  'makes a webhook': made('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', { metadata }),
  'deletes an admission policy': { method: 'DELETE', target: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/none' },
  'deletes the default-deny of the namespace': {
    method: 'DELETE',
    target: `/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/default-deny${DRY}`,
  },
  'raises the quota': changed(shop('resourcequotas/quota'), { spec: { hard: { pods: '1000' } } }),
  'changes the labels of the namespace': changed('/api/v1/namespaces/shop', { metadata: { labels: { proof: 'x' } } }),
  'deletes a namespace': { method: 'DELETE', target: `/api/v1/namespaces/shop${DRY}` },
  'cordons a node': changed('/api/v1/nodes/none', { spec: { unschedulable: true } }),
  'restarts a pod': { method: 'DELETE', target: shop('pods/none') },
  'scales a deployment': changed('/apis/apps/v1/namespaces/shop/deployments/none/scale', { spec: { replicas: 2 } }),
  'reads logs': { target: shop('pods/none/log') },
  'sees what runs': { target: '/apis/apps/v1/namespaces/shop/deployments' },
  'sees what runs for another tenant': { target: '/apis/apps/v1/namespaces/payments/deployments' },
  'sees who has which role': { target: `${RBAC}/namespaces/shop/rolebindings` },
  'sees who has which role in the cluster': { target: `${RBAC}/clusterrolebindings` },
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof ACTIONS;

/** What each may do of it, as docs/stacks.md says. Whoever makes workloads makes pods only through them. */
export const MAY: Readonly<Record<Persona, readonly ActionName[]>> = {
  'break-glass': Object.keys(ACTIONS) as ActionName[],
  'platform-operator': [
    'makes a webhook',
    'deletes an admission policy',
    'deletes the default-deny of the namespace',
    'raises the quota',
    'changes the labels of the namespace',
    'deletes a namespace',
    'cordons a node',
    'reads logs',
    'sees what runs',
    'sees what runs for another tenant',
    'sees who has which role',
    'sees who has which role in the cluster',
  ],
  auditor: ['sees what runs', 'sees what runs for another tenant', 'sees who has which role', 'sees who has which role in the cluster'],
  'tenant-admin': ['makes a ConfigMap', 'makes a service account', 'reads logs', 'sees what runs', 'sees who has which role'],
  developer: ['makes a ConfigMap', 'restarts a pod', 'scales a deployment', 'reads logs', 'sees what runs'],
  viewer: ['reads logs', 'sees what runs'],
  'ci-deployer': ['makes a deployment', 'makes a ConfigMap', 'makes a service account', 'sees what runs'],
};
