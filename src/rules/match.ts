import type { RuleMatch } from './cel';

/** The fields that rules judge in kinds that have no `spec`, or where it is not the spec that counts. */
const JUDGED: Readonly<Record<string, readonly string[]>> = {
  ClusterRole: ['rules'],
  ClusterRoleBinding: ['roleRef', 'subjects'],
  ConfigMap: ['data'],
  Namespace: ['metadata.labels'],
  Role: ['rules'],
  RoleBinding: ['roleRef', 'subjects'],
  Secret: ['data', 'type'],
  ServiceAccount: ['automountServiceAccountToken'],
};

function match(apiGroup: string, kind: string, ...resources: string[]): RuleMatch {
  return { apiGroup, kind, resources, judged: JUDGED[kind] ?? ['spec'] };
}

/** Everything that keeps running, and so can be unwell. */
export const LONG_RUNNING: readonly RuleMatch[] = [
  match('apps', 'Deployment', 'deployments'),
  match('apps', 'StatefulSet', 'statefulsets'),
  match('apps', 'DaemonSet', 'daemonsets'),
];

/** Everything that makes pods. */
export const WORKLOADS: readonly RuleMatch[] = [
  match('', 'Pod', 'pods', 'pods/ephemeralcontainers'),
  match('', 'ReplicationController', 'replicationcontrollers'),
  ...LONG_RUNNING,
  match('apps', 'ReplicaSet', 'replicasets'),
  match('batch', 'Job', 'jobs'),
  match('batch', 'CronJob', 'cronjobs'),
];

const RBAC = 'rbac.authorization.k8s.io';
export const NAMESPACED_ROLES: readonly RuleMatch[] = [match(RBAC, 'Role', 'roles')];
export const CLUSTER_ROLES: readonly RuleMatch[] = [match(RBAC, 'ClusterRole', 'clusterroles')];
export const ROLES: readonly RuleMatch[] = [...NAMESPACED_ROLES, ...CLUSTER_ROLES];
export const ROLE_BINDINGS: readonly RuleMatch[] = [match(RBAC, 'RoleBinding', 'rolebindings')];
export const CLUSTER_ROLE_BINDINGS: readonly RuleMatch[] = [match(RBAC, 'ClusterRoleBinding', 'clusterrolebindings')];
export const BINDINGS: readonly RuleMatch[] = [...ROLE_BINDINGS, ...CLUSTER_ROLE_BINDINGS];
export const NAMESPACES: readonly RuleMatch[] = [match('', 'Namespace', 'namespaces')];
export const SERVICES: readonly RuleMatch[] = [match('', 'Service', 'services')];
export const INGRESSES: readonly RuleMatch[] = [match('networking.k8s.io', 'Ingress', 'ingresses')];
export const NETWORK_POLICIES: readonly RuleMatch[] = [match('networking.k8s.io', 'NetworkPolicy', 'networkpolicies')];
export const CILIUM_POLICIES: readonly RuleMatch[] = [match('cilium.io', 'CiliumNetworkPolicy', 'ciliumnetworkpolicies')];
export const CILIUM_CLUSTERWIDE_POLICIES: readonly RuleMatch[] = [
  match('cilium.io', 'CiliumClusterwideNetworkPolicy', 'ciliumclusterwidenetworkpolicies'),
];
/** Policies of the network in other kinds than NetworkPolicy. */
export const FOREIGN_NETWORK_POLICIES: readonly RuleMatch[] = [
  ...CILIUM_POLICIES,
  ...CILIUM_CLUSTERWIDE_POLICIES,
  match('crd.projectcalico.org', 'NetworkPolicy', 'networkpolicies'),
  match('crd.projectcalico.org', 'GlobalNetworkPolicy', 'globalnetworkpolicies'),
  match('projectcalico.org', 'NetworkPolicy', 'networkpolicies'),
  match('projectcalico.org', 'GlobalNetworkPolicy', 'globalnetworkpolicies'),
  match('policy.networking.k8s.io', 'AdminNetworkPolicy', 'adminnetworkpolicies'),
  match('policy.networking.k8s.io', 'BaselineAdminNetworkPolicy', 'baselineadminnetworkpolicies'),
  match('policy.networking.k8s.io', 'ClusterNetworkPolicy', 'clusternetworkpolicies'),
];
export const CONFIG_MAPS: readonly RuleMatch[] = [match('', 'ConfigMap', 'configmaps')];
export const SERVICE_ACCOUNTS: readonly RuleMatch[] = [match('', 'ServiceAccount', 'serviceaccounts')];
export const SECRETS: readonly RuleMatch[] = [match('', 'Secret', 'secrets')];
export const RESOURCE_QUOTAS: readonly RuleMatch[] = [match('', 'ResourceQuota', 'resourcequotas')];
export const LIMIT_RANGES: readonly RuleMatch[] = [match('', 'LimitRange', 'limitranges')];
export const DISRUPTION_BUDGETS: readonly RuleMatch[] = [match('policy', 'PodDisruptionBudget', 'poddisruptionbudgets')];
