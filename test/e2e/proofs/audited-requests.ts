import type { AuditRequest, RequestedResource } from '../../../src';

/**
 * Who asks, by the credential: a kubeconfig of the host, a certificate, a token, or none. Without one they are anonymous at the
 * paths where that is allowed; elsewhere they are nobody, as with a bad token.
 */
export const USERS = {
  anonymous: { name: 'system:anonymous', groups: ['system:unauthenticated'] },
  nobody: undefined,
  'bad token': undefined,
  administrator: { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] },
  'super administrator': { name: 'kubernetes-super-admin', groups: ['system:masters', 'system:authenticated'] },
  node: { name: 'system:node:NAME', groups: ['system:nodes', 'system:authenticated'] },
  'controller manager': { name: 'system:kube-controller-manager', groups: ['system:authenticated'] },
  scheduler: { name: 'system:kube-scheduler', groups: ['system:authenticated'] },
  'kube-proxy': { name: 'system:kube-proxy', groups: ['system:authenticated'] },
  'service account': {
    name: 'system:serviceaccount:kube-public:audited',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-public', 'system:authenticated'],
  },
} as const satisfies Readonly<Record<string, AuditRequest['user']>>;

export type UserName = keyof typeof USERS;

/** A request, and how the audit policy is told of it. */
export interface Audited {
  readonly user: UserName;
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
  readonly verb: string;
  /** Undefined: the path itself is asked for. */
  readonly resource?: RequestedResource;
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

/** A request for a resource; of writes nothing stays: they are dry runs. `namespaced` says whether it lies in a namespace, here kube-public. */
export function resourceRequest(
  user: UserName,
  verb: string,
  requested: RequestedResource,
  namespaced: boolean,
  annotations: Readonly<Record<string, string>> = {},
): Audited {
  const { group, resource, subresource } = requested;
  const name = subresource !== undefined || ['get', 'update', 'patch', 'delete'].includes(verb) ? (requested.name ?? 'none') : undefined;
  const namespace = namespaced ? (requested.namespace ?? 'kube-public') : undefined;
  const path = [
    group === '' ? '/api/v1' : `/apis/${group}/v1`,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    ...[resource, name, subresource].filter((part) => part !== undefined),
  ].join('/');
  const query: Readonly<Record<string, string>> = { watch: 'watch=true&timeoutSeconds=1', list: '', get: '' };
  const body = ['create', 'update', 'patch'].includes(verb) ? { metadata: { name: name ?? 'none', namespace, annotations } } : undefined;
  return {
    user,
    method: METHODS[verb] ?? 'GET',
    target: `${path}?${query[verb] ?? 'dryRun=All&labelSelector=none%3Dsuch'}`,
    ...(body === undefined ? {} : { body }),
    verb,
    resource: { ...requested, ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }) },
  };
}

/** A request for a path. */
function pathRequest(user: UserName, target: string, method = 'GET'): Audited {
  return { user, method, target, verb: method.toLowerCase() };
}

const core = (resource: string, namespace?: string, subresource?: string): RequestedResource => ({
  group: '',
  resource,
  ...(namespace === undefined ? {} : { namespace }),
  ...(subresource === undefined ? {} : { subresource }),
});
const lease = (namespace: string): RequestedResource => ({ group: 'coordination.k8s.io', resource: 'leases', namespace });

/** Requests of many kinds: each rule of the policies decides on some of them. */
export const REQUESTS: readonly Audited[] = [
  pathRequest('anonymous', '/livez'),
  pathRequest('anonymous', '/readyz?verbose'),
  pathRequest('anonymous', '/livez', 'POST'),
  pathRequest('nobody', '/version'),
  pathRequest('nobody', '/api'),
  pathRequest('bad token', '/api'),
  pathRequest('administrator', '/livez'),
  pathRequest('administrator', '/version'),
  pathRequest('administrator', '/openapi/v3'),
  pathRequest('administrator', '/apis'),
  pathRequest('administrator', '/metrics'),
  pathRequest('super administrator', '/version'),
  resourceRequest('nobody', 'list', core('pods'), true),
  resourceRequest('nobody', 'create', core('pods'), true),
  resourceRequest('bad token', 'get', core('secrets'), true),
  resourceRequest('administrator', 'list', core('secrets'), true),
  resourceRequest('administrator', 'watch', core('secrets'), true),
  resourceRequest('administrator', 'delete', core('secrets'), true),
  resourceRequest('super administrator', 'patch', core('configmaps'), true),
  resourceRequest('administrator', 'create', core('services'), true),
  resourceRequest('administrator', 'create', core('persistentvolumeclaims'), true),
  resourceRequest('administrator', 'patch', { group: 'apps', resource: 'deployments', subresource: 'scale' }, true),
  resourceRequest('administrator', 'watch', core('pods'), true),
  resourceRequest('administrator', 'get', core('pods', undefined, 'log'), true),
  resourceRequest('administrator', 'create', core('pods', undefined, 'eviction'), true),
  resourceRequest('administrator', 'create', core('events'), true),
  resourceRequest('administrator', 'delete', core('events'), true),
  resourceRequest('administrator', 'update', lease('kube-public'), true),
  resourceRequest('node', 'get', core('nodes'), false),
  resourceRequest('node', 'patch', core('nodes', undefined, 'status'), false),
  resourceRequest('node', 'patch', core('pods', undefined, 'status'), true),
  resourceRequest('node', 'list', core('pods'), true),
  resourceRequest('node', 'get', core('secrets'), true),
  resourceRequest('node', 'update', lease('kube-node-lease'), true),
  resourceRequest('node', 'update', lease('kube-public'), true),
  resourceRequest('controller manager', 'get', lease('kube-system'), true),
  resourceRequest('controller manager', 'get', lease('kube-public'), true),
  resourceRequest('controller manager', 'list', { group: 'metrics.k8s.io', resource: 'pods' }, true),
  resourceRequest('scheduler', 'patch', lease('kube-system'), true),
  resourceRequest('scheduler', 'list', core('nodes'), false),
  resourceRequest('kube-proxy', 'watch', core('services'), true),
  resourceRequest('kube-proxy', 'watch', { group: 'discovery.k8s.io', resource: 'endpointslices' }, true),
  resourceRequest('kube-proxy', 'watch', core('pods'), true),
  resourceRequest('service account', 'update', lease('kube-public'), true),
  resourceRequest('service account', 'create', lease('kube-public'), true),
  resourceRequest('service account', 'list', core('secrets'), true),
  resourceRequest('service account', 'create', { group: 'apps', resource: 'deployments' }, true),
];
