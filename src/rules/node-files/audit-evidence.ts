import type { RequestedResource } from './audit-level';
import { READ_VERBS, WRITE_VERBS } from './audit-policy';
import type { AuditLevel, AuditStage } from './audit-policy';

/** What holds credentials, so that a body of it in the log is a second store of them (CIS 3.2.2). */
export const CREDENTIAL_RESOURCES: readonly RequestedResource[] = [
  { group: '', resource: 'secrets' },
  { group: '', resource: 'configmaps' },
  { group: '', resource: 'serviceaccounts', subresource: 'token' },
  { group: 'authentication.k8s.io', resource: 'tokenreviews' },
];

/** Something that an attacker does, the requests that show it, and what must be recorded of them at least. */
export interface AuditEvidence {
  /** What they do: `runs a pod of their own`. */
  readonly action: string;
  readonly level: AuditLevel;
  /** Stage without which the record comes too late, or without the outcome. @default 'ResponseComplete' */
  readonly stage?: AuditStage;
  readonly verbs: readonly string[];
  readonly resources: readonly RequestedResource[];
}

const CHANGES = ['create', 'update', 'patch'] as const;
const CONNECT = ['get', 'create'] as const;

/** `pods/exec` as what is asked for. */
function resources(group: string, ...names: readonly string[]): RequestedResource[] {
  return names.map((name) => {
    const [resource = '', subresource] = name.split('/');
    return { group, resource, ...(subresource === undefined ? {} : { subresource }) };
  });
}

/**
 * Actions of attackers that requests to the API show: the guide's table of actions and signals (chapter threat detection), and
 * what undoes the guards that this project sets. Writes need their bodies: the image, the mount or the rule is in there.
 */
export const AUDIT_EVIDENCE: readonly AuditEvidence[] = [
  {
    action: 'runs a workload of their own, or puts another image, root or a mount of the host into one',
    level: 'RequestResponse',
    verbs: CHANGES,
    resources: [
      ...resources('', 'pods', 'replicationcontrollers'),
      ...resources('apps', 'deployments', 'daemonsets', 'statefulsets', 'replicasets'),
      ...resources('batch', 'jobs'),
    ],
  },
  {
    action: 'has malware run again and again',
    level: 'RequestResponse',
    verbs: WRITE_VERBS,
    resources: resources('batch', 'cronjobs'),
  },
  {
    action: 'puts a container into a running pod',
    level: 'RequestResponse',
    verbs: ['update', 'patch'],
    resources: resources('', 'pods/ephemeralcontainers'),
  },
  {
    action: 'mounts a volume that shows the host',
    level: 'RequestResponse',
    verbs: CHANGES,
    resources: resources('', 'persistentvolumes'),
  },
  {
    action: 'runs commands in containers, or reaches pods and kubelets through the API server',
    level: 'Metadata',
    stage: 'ResponseStarted',
    verbs: CONNECT,
    resources: resources('', 'pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy', 'nodes/proxy'),
  },
  {
    action: 'reads Secrets and configuration',
    level: 'Metadata',
    verbs: READ_VERBS,
    resources: resources('', 'secrets', 'configmaps'),
  },
  {
    action: 'gets a token',
    level: 'Metadata',
    verbs: ['create'],
    resources: resources('', 'serviceaccounts/token'),
  },
  {
    action: 'gets a certificate',
    level: 'RequestResponse',
    verbs: CHANGES,
    resources: resources('certificates.k8s.io', 'certificatesigningrequests', 'certificatesigningrequests/approval'),
  },
  {
    action: 'looks around, and is refused again and again',
    level: 'Metadata',
    verbs: ['list'],
    resources: [...resources('', 'pods', 'namespaces', 'nodes'), ...resources('rbac.authorization.k8s.io', 'clusterroles')],
  },
  {
    action: 'asks what is allowed',
    level: 'Metadata',
    verbs: ['create'],
    resources: resources('authorization.k8s.io', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'),
  },
  {
    action: 'takes rights',
    level: 'RequestResponse',
    verbs: WRITE_VERBS,
    resources: [
      ...resources('rbac.authorization.k8s.io', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'),
      ...resources('', 'serviceaccounts'),
    ],
  },
  {
    action: 'takes the guards of a namespace away',
    level: 'RequestResponse',
    verbs: WRITE_VERBS,
    resources: [...resources('', 'namespaces', 'resourcequotas', 'limitranges'), ...resources('networking.k8s.io', 'networkpolicies')],
  },
  {
    action: 'changes what is admitted, or who answers for the API',
    level: 'RequestResponse',
    verbs: WRITE_VERBS,
    resources: [
      ...resources(
        'admissionregistration.k8s.io',
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'validatingwebhookconfigurations',
        'mutatingwebhookconfigurations',
      ),
      ...resources('apiextensions.k8s.io', 'customresourcedefinitions'),
      ...resources('apiregistration.k8s.io', 'apiservices'),
    ],
  },
  {
    action: 'turns traffic away',
    level: 'RequestResponse',
    verbs: CHANGES,
    resources: [...resources('', 'services'), ...resources('networking.k8s.io', 'ingresses')],
  },
  {
    action: 'removes the events that tell of it',
    level: 'Metadata',
    verbs: ['delete', 'deletecollection'],
    resources: [...resources('', 'events'), ...resources('events.k8s.io', 'events')],
  },
];
