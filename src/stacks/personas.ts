import { Permission, Resource, Verb } from '../constructs';

/** Personas that hold in the whole cluster. */
export const CLUSTER_PERSONAS = ['break-glass', 'platform-operator', 'auditor'] as const;
export type ClusterPersona = (typeof CLUSTER_PERSONAS)[number];

/** Personas that hold in the namespaces of a tenant. */
export const TENANT_PERSONAS = ['tenant-admin', 'developer', 'viewer', 'ci-deployer'] as const;
export type TenantPersona = (typeof TENANT_PERSONAS)[number];

const WORKLOADS = [Resource.DEPLOYMENTS, Resource.STATEFUL_SETS, Resource.DAEMON_SETS, Resource.CRON_JOBS, Resource.JOBS];
const RUNNING = [
  ...WORKLOADS,
  Resource.REPLICA_SETS,
  Resource.PODS,
  Resource.POD_LOGS,
  Resource.EVENTS,
  Resource.HORIZONTAL_POD_AUTOSCALERS,
];
const CONFIGURATION = [
  Resource.CONFIG_MAPS,
  Resource.SERVICES,
  Resource.INGRESSES,
  Resource.PERSISTENT_VOLUME_CLAIMS,
  Resource.POD_DISRUPTION_BUDGETS,
  Resource.SERVICE_ACCOUNTS,
];
const BOUNDS = [Resource.RESOURCE_QUOTAS, Resource.LIMIT_RANGES, Resource.NETWORK_POLICIES];
const RBAC = [Resource.ROLES, Resource.ROLE_BINDINGS];
const CLUSTER_RBAC = [Resource.CLUSTER_ROLES, Resource.CLUSTER_ROLE_BINDINGS];
const ADMISSION = [
  Resource.VALIDATING_ADMISSION_POLICIES,
  Resource.VALIDATING_ADMISSION_POLICY_BINDINGS,
  Resource.VALIDATING_WEBHOOK_CONFIGURATIONS,
  Resource.MUTATING_WEBHOOK_CONFIGURATIONS,
];
/** What is evidence and nobody here changes: who asked for a certificate, which API another server answers, what mutates. */
const EVIDENCE = [
  Resource.custom({ group: 'certificates.k8s.io', plural: 'certificatesigningrequests', namespaced: false }),
  Resource.custom({ group: 'apiregistration.k8s.io', plural: 'apiservices', namespaced: false }),
  Resource.custom({ group: 'admissionregistration.k8s.io', plural: 'mutatingadmissionpolicies', namespaced: false }),
  Resource.custom({ group: 'admissionregistration.k8s.io', plural: 'mutatingadmissionpolicybindings', namespaced: false }),
];
const CLUSTER = [
  Resource.NAMESPACES,
  Resource.NODES,
  Resource.PRIORITY_CLASSES,
  Resource.RUNTIME_CLASSES,
  Resource.STORAGE_CLASSES,
  Resource.CUSTOM_RESOURCE_DEFINITIONS,
];

const read = (resources: readonly Resource[]): Permission[] => resources.map((resource) => Permission.read(resource));
const write = (resources: readonly Resource[]): Permission[] => resources.map((resource) => Permission.write(resource));

/**
 * What each tenant persona may do in the tenant's namespaces. None of them reads Secrets, runs commands in containers, or
 * touches what isolates the namespace: its labels, quota, limits, network policies and roles.
 */
export const TENANT_PERSONA_PERMISSIONS: Readonly<Record<TenantPersona, readonly Permission[]>> = {
  /** Answers for the tenant: its configuration, storage and accounts; sees its bounds and who has which role. */
  'tenant-admin': [
    ...write(CONFIGURATION),
    ...write([Resource.HORIZONTAL_POD_AUTOSCALERS]),
    ...read(RUNNING.filter((resource) => resource !== Resource.HORIZONTAL_POD_AUTOSCALERS)),
    ...read(BOUNDS),
    ...read(RBAC),
  ],
  /** Looks after running applications: scales and restarts them, changes their configuration, deploys nothing. */
  developer: [
    ...read(RUNNING.filter((resource) => resource !== Resource.PODS)),
    ...restart(),
    ...scale(),
    ...write([Resource.CONFIG_MAPS]),
    ...read(CONFIGURATION.filter((resource) => resource !== Resource.CONFIG_MAPS)),
  ],
  /** Sees what runs. */
  viewer: [...read(RUNNING), ...read(CONFIGURATION)],
  /** A machine that deploys, and sees whether it worked. No logs, no restarts. */
  'ci-deployer': [
    ...write(WORKLOADS),
    ...write(CONFIGURATION),
    ...write([Resource.HORIZONTAL_POD_AUTOSCALERS]),
    ...read([Resource.REPLICA_SETS, Resource.PODS, Resource.EVENTS]),
  ],
};

/** What the cluster personas may do, in every namespace. `break-glass` is bound to cluster-admin and has no role of its own. */
export const CLUSTER_PERSONA_PERMISSIONS: Readonly<Record<Exclude<ClusterPersona, 'break-glass'>, readonly Permission[]>> = {
  /** Runs the platform: namespaces, bounds, admission, nodes. The API server lets it give away only rights that it has. */
  'platform-operator': [
    ...write(BOUNDS),
    ...write(RBAC),
    ...write(CLUSTER_RBAC),
    ...write(ADMISSION),
    ...write(CLUSTER.filter((resource) => resource !== Resource.NODES)),
    ...nodesWithDrain(),
    ...read(RUNNING),
    ...read(CONFIGURATION),
    ...read([Resource.PERSISTENT_VOLUMES, Resource.NODE_METRICS]),
  ],
  /** Reads everything that is evidence; no Secret, and no log of a container, where secrets end up. */
  auditor: read([
    ...BOUNDS,
    ...RBAC,
    ...CLUSTER_RBAC,
    ...ADMISSION,
    ...CLUSTER,
    ...RUNNING.filter((resource) => resource !== Resource.POD_LOGS),
    ...CONFIGURATION,
    Resource.PERSISTENT_VOLUMES,
    ...EVIDENCE,
  ]),
};

/** Sees pods, and restarts one by deleting it. */
function restart(): Permission[] {
  return [Permission.of(Resource.PODS, [Verb.GET, Verb.LIST, Verb.WATCH, Verb.DELETE])];
}

/** Changes the number of replicas. */
function scale(): Permission[] {
  return [Resource.DEPLOYMENT_SCALES, Resource.STATEFUL_SET_SCALES].map((resource) =>
    Permission.of(resource, [Verb.GET, Verb.UPDATE, Verb.PATCH]),
  );
}

/** Cordons and drains. */
function nodesWithDrain(): Permission[] {
  return [
    Permission.of(Resource.NODES, [Verb.GET, Verb.LIST, Verb.WATCH, Verb.PATCH]),
    Permission.of(Resource.POD_EVICTIONS, [Verb.CREATE]),
  ];
}
