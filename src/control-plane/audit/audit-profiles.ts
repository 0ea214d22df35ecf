import { READ_VERBS, WRITE_VERBS } from '../../rules';
import type { AuditGroupResources, AuditPolicy, AuditPolicyRule } from '../../rules';
import type { KubernetesMinor } from '../../settings';

/**
 * What is recorded of requests that no special rule is for: with `nsa` all of it (the guide, chapter native audit logging),
 * with `balanced` who did what to what, without bodies, for clusters whose log would be too large.
 */
export const AUDIT_PROFILES = ['nsa', 'balanced'] as const;
export type AuditProfile = (typeof AUDIT_PROFILES)[number];

/** Resources of a definition of your own that hold credentials in clear. */
export interface SecretLikeResources {
  /** API group without version, such as `vault.example.com`. */
  readonly group: string;
  /** Plurals, such as `dynamicsecrets`. */
  readonly resources: readonly string[];
}

/** What a policy is made of. */
export interface AuditPolicyOptions {
  readonly profile: AuditProfile;
  readonly secretLike: readonly SecretLikeResources[];
  readonly minor: KubernetesMinor;
  /** Whether requests are recorded when they come in, too: twice the events. */
  readonly requestReceived: boolean;
}

/**
 * The audit policy of a profile. The first rule that matches decides, so the order is: health probes; what must never be
 * recorded whole; what must be; everything else of anonymous callers; what is dropped; the rest.
 */
export function auditPolicy({ profile, secretLike, minor, requestReceived }: AuditPolicyOptions): AuditPolicy {
  return {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitManagedFields: true,
    ...(requestReceived ? {} : { omitStages: ['RequestReceived'] }),
    rules: [HEALTH_PROBES, credentials(secretLike, minor), CONNECTIONS, CHANGES, ANONYMOUS, ...ROUTINE, ...REST[profile]],
  };
}

/** Anonymous, and as often as every second (kubeadm's own probes): before the rule for anonymous callers. */
const HEALTH_PROBES: AuditPolicyRule = {
  level: 'None',
  verbs: ['get'],
  nonResourceURLs: ['/livez*', '/readyz*', '/healthz*'],
};

/**
 * Never bodies of these, for whoever asks (LOG-03). From 1.36 in every group, so that the API of an add-on that is called
 * `secrets` is caught too; 1.35 does not start with the group `*`.
 */
function credentials(secretLike: readonly SecretLikeResources[], minor: KubernetesMinor): AuditPolicyRule {
  const core = ['secrets', 'secrets/*', 'configmaps', 'configmaps/*', 'serviceaccounts/token'];
  const reviews = ['tokenreviews', 'tokenreviews/*'];
  const known: AuditGroupResources[] =
    minor === '1.35'
      ? [
          { group: '', resources: core },
          { group: 'authentication.k8s.io', resources: reviews },
        ]
      : [{ group: '*', resources: [...core, ...reviews] }];
  return {
    level: 'Metadata',
    resources: [
      ...known,
      ...secretLike.map(({ group, resources }) => ({ group, resources: resources.flatMap((name) => [name, `${name}/*`]) })),
    ],
  };
}

/** Ways into pods and kubelets. The command stands in the URI, and there is no body; matched by no verb: it depends on the transport. */
const CONNECTIONS: AuditPolicyRule = {
  level: 'Metadata',
  resources: [
    {
      group: '',
      resources: ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy', 'nodes/proxy'],
    },
  ],
};

/** What attackers change (LOG-11), with what they made of it, whoever does it. */
const CHANGES: AuditPolicyRule = {
  level: 'RequestResponse',
  verbs: WRITE_VERBS,
  resources: [
    {
      group: '',
      resources: [
        'pods',
        'pods/ephemeralcontainers',
        'replicationcontrollers',
        'namespaces',
        'nodes',
        'persistentvolumes',
        'serviceaccounts',
        'services',
        'resourcequotas',
        'limitranges',
      ],
    },
    { group: 'apps', resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets', '*/scale'] },
    { group: 'batch', resources: ['jobs', 'cronjobs'] },
    { group: 'rbac.authorization.k8s.io' },
    { group: 'authorization.k8s.io' },
    { group: 'admissionregistration.k8s.io' },
    { group: 'certificates.k8s.io' },
    { group: 'networking.k8s.io' },
    { group: 'policy.networking.k8s.io' },
    { group: 'policy' },
    { group: 'apiextensions.k8s.io' },
    { group: 'apiregistration.k8s.io' },
  ],
};

/** LOG-18: after the rules that record more, before those that record nothing. Who fails to authenticate (401) is in no group, and comes to the rest. */
const ANONYMOUS: AuditPolicyRule = { level: 'Metadata', userGroups: ['system:unauthenticated'] };

/**
 * Many and worth little. Each names who asks, so that nobody else goes unseen: neither a caller who failed to authenticate,
 * nor one who deletes the events that tell of them. None names what Kubescape C-0161 wants recorded.
 */
const ROUTINE: readonly AuditPolicyRule[] = [
  { level: 'None', userGroups: ['system:authenticated'], verbs: ['get'], nonResourceURLs: ['/version', '/openapi*'] },
  {
    level: 'None',
    userGroups: ['system:authenticated'],
    verbs: ['create', 'update', 'patch'],
    resources: [
      { group: '', resources: ['events'] },
      { group: 'events.k8s.io', resources: ['events'] },
    ],
  },
  {
    level: 'None',
    users: ['system:kube-proxy', 'system:serviceaccount:kube-system:kube-proxy'],
    verbs: ['watch'],
    resources: [
      { group: '', resources: ['endpoints', 'services', 'nodes'] },
      { group: 'discovery.k8s.io', resources: ['endpointslices'] },
    ],
  },
  {
    level: 'None',
    userGroups: ['system:nodes'],
    verbs: ['get'],
    resources: [{ group: '', resources: ['nodes', 'nodes/status'] }],
  },
  {
    level: 'None',
    userGroups: ['system:nodes'],
    verbs: ['get', 'create', 'update', 'patch'],
    namespaces: ['kube-node-lease'],
    resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }],
  },
  {
    level: 'None',
    users: ['system:kube-controller-manager', 'system:kube-scheduler', 'system:cloud-controller-manager', 'system:apiserver'],
    verbs: ['get', 'update', 'patch'],
    namespaces: ['kube-system'],
    resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }],
  },
  // Leader election of operators: each renews its lease every two seconds, which would be half the log of a small cluster.
  {
    level: 'None',
    userGroups: ['system:serviceaccounts'],
    verbs: ['get', 'update'],
    resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }],
  },
  {
    level: 'None',
    users: ['system:kube-controller-manager', 'system:serviceaccount:kube-system:horizontal-pod-autoscaler'],
    verbs: ['get', 'list'],
    resources: [{ group: 'metrics.k8s.io' }],
  },
];

/** What is left. With `nsa` all of it, but what is routine with less: the reports of nodes without the result, reads without bodies. */
const REST: Readonly<Record<AuditProfile, readonly AuditPolicyRule[]>> = {
  nsa: [
    {
      level: 'Request',
      userGroups: ['system:nodes'],
      verbs: ['update', 'patch'],
      resources: [{ group: '', resources: ['nodes/status', 'pods/status'] }],
    },
    { level: 'Metadata', verbs: READ_VERBS },
    { level: 'RequestResponse' },
  ],
  balanced: [{ level: 'Metadata' }],
};
