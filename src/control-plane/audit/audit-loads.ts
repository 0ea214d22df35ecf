import type { AuditRequest } from '../../rules';
import { AUDIT_SIZES } from './audit-sizes';
import type { AuditLoad } from './audit-volume';

/** A cluster, as far as its requests follow from it. */
export interface ClusterActivity {
  readonly nodes: number;
  readonly pods: number;
  /** Pods that start in an hour: rollouts, jobs, scaling. */
  readonly podStartsPerHour: number;
  /** Controllers beside those of Kubernetes: operators, ingress, CSI. Each holds a lease. */
  readonly operators: number;
  /** Reads of people, pipelines and dashboards. */
  readonly readsPerSecond: number;
}

/** Seconds between two of them, where components are left at their defaults. */
const EVERY = {
  /** kubelet: a quarter of nodeLeaseDurationSeconds (40). */
  nodeLease: 10,
  /** kubelet: nodeStatusReportFrequency. */
  nodeStatus: 300,
  /** client-go leader election: RetryPeriod. */
  leaderLease: 2,
  /** client-go reflector: a watch is renewed after 5 to 10 minutes. */
  watch: 450,
  /** kubelet: 80 % of the 3607 seconds that a projected token lives. */
  token: 2886,
  /** kubelet: cache of allowed SubjectAccessReviews. */
  accessReview: 300,
  /** kubelet: cache of TokenReviews. */
  tokenReview: 120,
  /** kubeadm: readiness probe of kube-apiserver. */
  probe: 1,
} as const;

/** Watches of kube-controller-manager, kube-scheduler and the API server on itself, about one for each kind that they know. */
const CONTROL_PLANE_WATCHES = 120;
/** Watches of a kubelet beside one for each Secret and ConfigMap of its pods: pods, nodes, services, CSI drivers, runtime classes. */
const KUBELET_WATCHES = 5;
/** Watches of an operator: the kinds that it looks after. */
const OPERATOR_WATCHES = 8;

const user = (name: string, ...groups: string[]) => ({ name, groups: [...groups, 'system:authenticated'] });
const KUBELET = user('system:node:worker-1', 'system:nodes');
const CONTROLLER = user(
  'system:serviceaccount:kube-system:replicaset-controller',
  'system:serviceaccounts',
  'system:serviceaccounts:kube-system',
);
const OPERATOR = user('system:serviceaccount:ingress:controller', 'system:serviceaccounts', 'system:serviceaccounts:ingress');
const PERSON = user('jane@example.com', 'developers');

/** The requests of a cluster at work, from the intervals that its components have by default. */
export function auditLoads({ nodes, pods, podStartsPerHour, operators, readsPerSecond }: ClusterActivity): AuditLoad[] {
  const { bodies } = AUDIT_SIZES;
  const starts = podStartsPerHour / 3600;
  const both = (bytes: number) => ({ requestBytes: bytes, responseBytes: bytes });
  return [
    { what: 'probes of the API server', request: { user: ANONYMOUS, verb: 'get', path: '/readyz' }, perSecond: 1 / EVERY.probe },
    {
      what: 'leases of nodes',
      request: asked(KUBELET, 'update', 'coordination.k8s.io', 'leases', 'kube-node-lease'),
      perSecond: nodes / EVERY.nodeLease,
      ...both(bodies.lease),
    },
    {
      what: 'leases of the control plane',
      request: asked(user('system:kube-scheduler'), 'update', 'coordination.k8s.io', 'leases', 'kube-system'),
      perSecond: 2 / EVERY.leaderLease,
      ...both(bodies.lease),
    },
    {
      what: 'leases of operators',
      request: asked(OPERATOR, 'update', 'coordination.k8s.io', 'leases', 'ingress'),
      perSecond: operators / EVERY.leaderLease,
      ...both(bodies.lease),
    },
    {
      what: 'status of nodes',
      request: asked(KUBELET, 'patch', '', 'nodes/status'),
      perSecond: nodes / EVERY.nodeStatus,
      requestBytes: bodies.nodeStatusPatch,
      responseBytes: bodies.node,
    },
    {
      what: 'watches of kubelets',
      request: asked(KUBELET, 'watch', '', 'configmaps', 'shop'),
      perSecond: (nodes * KUBELET_WATCHES + pods) / EVERY.watch,
      longRunning: true,
    },
    {
      what: 'watches of controllers',
      request: asked(CONTROLLER, 'watch', 'apps', 'deployments'),
      perSecond: (CONTROL_PLANE_WATCHES + operators * OPERATOR_WATCHES) / EVERY.watch,
      longRunning: true,
    },
    {
      what: 'tokens of pods',
      request: asked(KUBELET, 'create', '', 'serviceaccounts/token', 'shop'),
      perSecond: pods / EVERY.token + starts,
    },
    {
      what: 'reviews of tokens',
      request: asked(KUBELET, 'create', 'authentication.k8s.io', 'tokenreviews'),
      perSecond: nodes / EVERY.tokenReview,
    },
    {
      what: 'reviews of access',
      request: asked(KUBELET, 'create', 'authorization.k8s.io', 'subjectaccessreviews'),
      perSecond: nodes / EVERY.accessReview,
      ...both(bodies.subjectAccessReview),
    },
    { what: 'pods that start', request: asked(CONTROLLER, 'create', '', 'pods', 'shop'), perSecond: starts, ...both(bodies.pod) },
    { what: 'pods that end', request: asked(CONTROLLER, 'delete', '', 'pods', 'shop'), perSecond: starts, responseBytes: bodies.pod },
    { what: 'pods bound to nodes', request: asked(user('system:kube-scheduler'), 'create', '', 'pods/binding', 'shop'), perSecond: starts },
    {
      what: 'status of pods',
      request: asked(KUBELET, 'patch', '', 'pods/status', 'shop'),
      perSecond: starts * 5,
      requestBytes: bodies.podStatusPatch,
      responseBytes: bodies.pod,
    },
    {
      what: 'endpoints of Services',
      request: asked(CONTROLLER, 'update', 'discovery.k8s.io', 'endpointslices', 'shop'),
      perSecond: starts * 2,
      ...both(bodies.endpointSlice),
    },
    {
      what: 'status of workloads',
      request: asked(CONTROLLER, 'update', 'apps', 'replicasets/status', 'shop'),
      perSecond: starts * 4,
      ...both(bodies.deployment),
    },
    { what: 'events', request: asked(KUBELET, 'create', '', 'events', 'shop'), perSecond: starts * 8 },
    { what: 'reads of people', request: asked(PERSON, 'list', '', 'pods', 'shop'), perSecond: readsPerSecond },
  ];
}

const ANONYMOUS = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

function asked(by: AuditRequest['user'], verb: string, group: string, name: string, namespace?: string): AuditRequest {
  const [resource = '', subresource] = name.split('/');
  return {
    user: by,
    verb,
    resource: { group, resource, ...(subresource === undefined ? {} : { subresource }), ...(namespace === undefined ? {} : { namespace }) },
  };
}
