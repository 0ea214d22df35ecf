import { GUARDED_OBJECTS, TENANT_LABEL } from '../../src';
import type { KubeObject } from '../../src';
import type { AdmissionRequest } from './admission';
import { only } from './synth';

/** A request, and what somebody does with it: `deletes it`. */
export type NamedRequest = readonly [string, AdmissionRequest];

const OWNER = { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b' }] };

/** What isolates less, by kind, in the field that isolates. */
const WEAKER: Readonly<Record<string, unknown>> = {
  LimitRange: { limits: [] },
  NetworkPolicy: { podSelector: {}, policyTypes: ['Ingress'] },
  ResourceQuota: { hard: {} },
  ServiceAccount: true,
};

/** What only the exempt may do to the isolated namespace that these objects make. */
export function refusedByGuards(objects: readonly KubeObject[]): NamedRequest[] {
  const namespace = only(objects, 'Namespace');
  const update = (what: string, object: KubeObject): NamedRequest => [what, { operation: 'UPDATE', object, oldObject: namespace }];
  return [
    ['makes an isolated namespace', { operation: 'CREATE', object: namespace }],
    ['deletes it', { operation: 'DELETE', oldObject: namespace }],
    update('weakens its Pod Security', labelled(namespace, { 'pod-security.kubernetes.io/enforce': 'privileged' })),
    update('unpins its Pod Security', labelled(namespace, { 'pod-security.kubernetes.io/enforce-version': undefined })),
    update('ends enforcement in it', labelled(namespace, { 'cdk8s-hardened/enforcement': 'audit' })),
    update('takes it from its tenant', labelled(namespace, { [TENANT_LABEL]: undefined })),
    update('takes all its labels away', { ...namespace, metadata: { name: namespace.metadata.name } }),
    update('gives it an owner', { ...namespace, metadata: { ...namespace.metadata, ...OWNER } }),
    ['makes a namespace of another a tenant’s', { operation: 'UPDATE', object: foreign({ [TENANT_LABEL]: '' }), oldObject: foreign() }],
    ...GUARDED_OBJECTS.flatMap(({ kind, name, field }): NamedRequest[] => {
      const oldObject = only(objects, kind, name);
      const owned = { ...oldObject, metadata: { ...oldObject.metadata, ...OWNER } };
      return [
        [`deletes ${kind} ${name}`, { operation: 'DELETE', oldObject }],
        [`changes ${kind} ${name}`, { operation: 'UPDATE', object: { ...oldObject, [field]: WEAKER[kind] }, oldObject }],
        [`gives ${kind} ${name} an owner`, { operation: 'UPDATE', object: owned, oldObject }],
      ];
    }),
  ];
}

/** What everybody may do who has the rights. */
export function passedByGuards(objects: readonly KubeObject[]): NamedRequest[] {
  const namespace = only(objects, 'Namespace');
  const quota = only(objects, 'ResourceQuota');
  const own = foreign({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  return [
    ['makes a namespace with Pod Security labels of its own', { operation: 'CREATE', object: own }],
    ['changes these', { operation: 'UPDATE', object: foreign(), oldObject: own }],
    ['deletes it', { operation: 'DELETE', oldObject: own }],
    [
      'sets another label of an isolated namespace',
      { operation: 'UPDATE', object: labelled(namespace, { team: 'a' }), oldObject: namespace },
    ],
    ['applies an isolated namespace once more', { operation: 'UPDATE', object: namespace, oldObject: namespace }],
    ['finalizes it', { operation: 'UPDATE', object: { ...namespace, spec: {} }, oldObject: namespace, subresource: 'finalize' }],
    ['labels a quota', { operation: 'UPDATE', object: { ...quota, metadata: { ...quota.metadata, labels: {} } }, oldObject: quota }],
    ['deletes another quota', { operation: 'DELETE', oldObject: { ...quota, metadata: { ...quota.metadata, name: 'mine' } } }],
  ];
}

/** A namespace that is no tenant's. */
function foreign(labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'foreign', labels } };
}

/** The object with labels changed; undefined takes one away. */
export function labelled(object: KubeObject, change: Readonly<Record<string, string | undefined>>): KubeObject {
  const labels = Object.entries({ ...object.metadata.labels, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...object, metadata: { ...object.metadata, labels: Object.fromEntries(labels) } };
}
