import type { Ability } from './abilities';

const EDIT: readonly Ability[] = ['run pods', 'read Secrets', 'read logs', 'enter pods'];
const WRITE_RBAC: readonly Ability[] = ['write roles', 'write role bindings'];

/** Those that give something. */
const POWERFUL: Readonly<Record<string, readonly Ability[]>> = {
  admin: [...EDIT, ...WRITE_RBAC],
  'cluster-admin': [...EDIT, ...WRITE_RBAC, 'do everything', 'escalate', 'bind'],
  edit: [...EDIT],
  'system:aggregate-to-admin': [...WRITE_RBAC],
  'system:aggregate-to-edit': ['run pods', 'read Secrets', 'enter pods'],
  'system:aggregate-to-view': ['read logs'],
  'system:controller:clusterrole-aggregation-controller': ['write roles', 'escalate'],
  'system:controller:cronjob-controller': ['run pods'],
  'system:controller:daemon-set-controller': ['run pods'],
  'system:controller:deployment-controller': ['run pods'],
  'system:controller:generic-garbage-collector': [...EDIT, ...WRITE_RBAC],
  'system:controller:job-controller': ['run pods'],
  'system:controller:namespace-controller': ['read Secrets', 'read logs', 'enter pods'],
  'system:controller:persistent-volume-binder': ['run pods'],
  'system:controller:replicaset-controller': ['run pods'],
  'system:controller:replication-controller': ['run pods'],
  'system:controller:resourcequota-controller': ['read Secrets'],
  'system:controller:statefulset-controller': ['run pods'],
  'system:controller:storage-version-migrator-controller': [...WRITE_RBAC, 'run pods', 'read Secrets', 'enter pods'],
  'system:kube-controller-manager': ['read Secrets'],
  'system:node': ['run pods', 'read Secrets'],
  view: ['read logs'],
};

/** Those that give nothing that is looked for here. */
const HARMLESS = [
  'system:auth-delegator',
  'system:basic-user',
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  'system:certificates.k8s.io:kube-apiserver-client-approver',
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver',
  'system:certificates.k8s.io:kubelet-serving-approver',
  'system:certificates.k8s.io:legacy-unknown-approver',
  'system:cluster-trust-bundle-discovery',
  'system:controller:attachdetach-controller',
  'system:controller:certificate-controller',
  'system:controller:device-taint-eviction-controller',
  'system:controller:disruption-controller',
  'system:controller:endpoint-controller',
  'system:controller:endpointslice-controller',
  'system:controller:endpointslicemirroring-controller',
  'system:controller:ephemeral-volume-controller',
  'system:controller:expand-controller',
  'system:controller:horizontal-pod-autoscaler',
  'system:controller:kube-apiserver-serving-clustertrustbundle-publisher',
  'system:controller:legacy-service-account-token-cleaner',
  'system:controller:node-controller',
  'system:controller:pod-garbage-collector',
  'system:controller:podcertificaterequestcleaner',
  'system:controller:pv-protection-controller',
  'system:controller:pvc-protection-controller',
  'system:controller:resource-claim-controller',
  'system:controller:root-ca-cert-publisher',
  'system:controller:route-controller',
  'system:controller:selinux-warning-controller',
  'system:controller:service-account-controller',
  'system:controller:service-cidrs-controller',
  'system:controller:service-controller',
  'system:controller:ttl-after-finished-controller',
  'system:controller:ttl-controller',
  'system:controller:validatingadmissionpolicy-status-controller',
  'system:controller:volumeattributesclass-protection-controller',
  'system:discovery',
  'system:heapster',
  'system:kube-aggregator',
  'system:kube-dns',
  'system:kube-scheduler',
  'system:kubelet-api-admin',
  'system:monitoring',
  'system:node-bootstrapper',
  'system:node-problem-detector',
  'system:node-proxier',
  'system:persistent-volume-provisioner',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'system:volume-scheduler',
];

/**
 * The ClusterRoles that every API server of the supported minors makes, with what they give.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.37.0/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata
 * (cluster-roles.yaml, cluster-roles-featuregates.yaml, controller-roles.yaml; also of v1.35.0 and v1.36.3)
 */
export const BUILT_IN_CLUSTER_ROLES: ReadonlyMap<string, readonly Ability[]> = new Map([
  ...Object.entries(POWERFUL),
  ...HARMLESS.map((name): [string, readonly Ability[]] => [name, []]),
]);

/** The built-in ClusterRoles to which ClusterRoles with a label are added, each with the roles whose additions it gets too. */
export const AGGREGATED_ROLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['view', ['view']],
  ['edit', ['edit', 'view']],
  ['admin', ['admin', 'edit', 'view']],
]);

/** Label that adds a ClusterRole to the built-in one of this name. */
export function aggregationLabel(role: string): string {
  return `rbac.authorization.k8s.io/aggregate-to-${role}`;
}
