/**
 * Writes policies, and requests with the answers that this project expects, for tools/admission to put to the API server's own
 * admission plugin: the examples of every rule in every kind that makes pods, with and without a waiver, created and updated,
 * in namespaces of every stage; what the guards refuse and what they let pass.
 *
 *   npm run generate:admission -- requests.json
 */
import * as fs from 'node:fs';
import {
  admissionGuards,
  CEL_RULES,
  CONTROLS,
  HardenedApp,
  isClusterScoped,
  IsolatedNamespace,
  PlatformSettings,
  renderPolicies,
  ROLE_KEEPERS,
  roleExample,
  VALID_POD,
} from '../src';
import type { KubeObject } from '../src';
import { admit, asServed, resourceOf } from '../test/support/admission';
import type { AdmissionRequest } from '../test/support/admission';
import { passedByGuards, refusedByGuards } from '../test/support/guard-requests';
import { expectations, SETTINGS } from '../test/support/rule-verdicts';

const STAGE = 'cdk8s-hardened/enforcement';
const EXEMPT = { users: ['pipeline'], groups: ['platform'] };
const DENIED = { [STAGE]: 'deny' };
/** Namespaces with their labels, and what is done there with a privileged pod. */
const NAMESPACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  audited: { [STAGE]: 'audit' },
  'calico-system': {},
  default: DENIED,
  gateway: DENIED, // named by the settings
  'kube-public': {},
  'kube-system': DENIED,
  misspelt: { [STAGE]: 'Deny' },
  monitoring: {}, // named by the settings
  shop: { ...DENIED, 'cdk8s-hardened/tenant': 'shop' },
  waived: DENIED,
  warned: { [STAGE]: 'warn' },
};

const settings = PlatformSettings.from({
  ...SETTINGS,
  enforcement: {
    cluster: 'deny',
    exempt: EXEMPT,
    namespaces: { gateway: 'warn', monitoring: 'deny' },
    rules: { 'image-tag': 'warn', 'rbac-exec': 'audit', 'secret-inline-data': 'deny' },
  },
});
const kinds = [...new Set(CEL_RULES.flatMap(({ cel }) => cel.match.map(({ kind }) => kind)))];
const keys = ['waived_web_', 'waived_web_main', ...kinds.map((kind) => `${kind}_waived_example`)];
const waived = new Map(CONTROLS.map(({ id }) => [id, keys]));
const admission = [
  ...renderPolicies({ rules: CEL_RULES, settings, waived }),
  ...admissionGuards(EXEMPT, ['kube-public']),
  ...withoutWaivers(), // only to be compiled: what stands alone is another expression than what stands beside waivers
];

const [file] = process.argv.slice(2);
if (file === undefined) {
  throw new Error('npm run generate:admission -- FILE: say where to write the requests');
}
const requests = [...examples(), ...updates(), ...stages(), ...guards()].map(([name, request]) => withAnswer(name, request));
const namespaces = Object.entries(NAMESPACES).map(([name, labels]) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
}));
fs.writeFileSync(file, JSON.stringify({ objects: [...admission, ...namespaces.map(asServed)], requests }));
process.stdout.write(`${file}: ${admission.length} policies and bindings, ${requests.length} requests\n`);

/** The policies under names of their own, and bound to nothing. */
function withoutWaivers(): KubeObject[] {
  return renderPolicies({ rules: CEL_RULES, settings, waived: new Map() })
    .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
    .map((policy) => ({ ...policy, metadata: { ...policy.metadata, name: `${policy.metadata.name}-without-waivers` } }));
}

type Named = readonly [string, AdmissionRequest];

/** Every example as it is, and in a namespace where everything about it is waived. */
function examples(): Named[] {
  return CEL_RULES.flatMap((rule) =>
    expectations(rule).flatMap(({ what, object }): Named[] => {
      const { namespace } = object.metadata;
      const copy = { ...object, metadata: { ...object.metadata, namespace: 'waived' } };
      return [
        [`${rule.id} ${what}`, { operation: 'CREATE', object }],
        ...(namespace === undefined ? [] : [[`${rule.id} ${what}, waived`, { operation: 'CREATE', object: copy }] as const]),
      ];
    }),
  ).filter(([, { object }]) => isPossible(object as KubeObject));
}

/** The API server fills in a namespace from the address of the request, before any policy is asked. */
function isPossible(object: KubeObject): boolean {
  return isClusterScoped(object) || object.metadata.namespace !== undefined;
}

/** Updates that bring a fault, leave one alone, and change what has one. */
function updates(): Named[] {
  return CEL_RULES.flatMap((rule) => {
    const { pass, fail } = rule.cel.examples();
    const [before] = pass as [KubeObject];
    const same = fail.filter(({ kind, metadata }) => kind === before.kind && metadata.name === before.metadata.name).filter(isPossible);
    return same.flatMap((object, index): Named[] => {
      const labelled = { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, team: 'a' } } };
      const terminating = { ...object.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/wait'] };
      return [
        [`${rule.id} comes to fail ${index}`, { operation: 'UPDATE', object, oldObject: before }],
        [`${rule.id} is labelled ${index}`, { operation: 'UPDATE', object: labelled, oldObject: object }],
        [`${rule.id} loses a finalizer ${index}`, { operation: 'UPDATE', object, oldObject: { ...object, metadata: terminating } }],
        [`${rule.id} is deleted ${index}`, { operation: 'DELETE', oldObject: object }],
        [`${rule.id} is mended ${index}`, { operation: 'UPDATE', object: before, oldObject: object }],
      ];
    });
  });
}

/** A privileged pod in every namespace, as a debugger in a running pod, and roles of the cluster. */
function stages(): Named[] {
  const container = { ...VALID_POD['spec'].containers[0], securityContext: { privileged: true } } as object;
  const pod = (namespace: string, spec: object): KubeObject => ({
    ...VALID_POD,
    metadata: { name: 'web', namespace },
    spec: { ...VALID_POD['spec'], ...spec },
  });
  const role = roleExample([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'ClusterRole', 'admin');
  return [
    ...Object.keys(NAMESPACES).flatMap((namespace): Named[] => [
      [`a privileged pod in ${namespace}`, { operation: 'CREATE', object: pod(namespace, { containers: [container] }) }],
      [
        `a privileged debugger in ${namespace}`,
        {
          operation: 'UPDATE',
          subresource: 'ephemeralcontainers',
          object: pod(namespace, { ephemeralContainers: [container] }),
          oldObject: pod(namespace, {}),
        },
      ],
      [
        `the status of a pod in ${namespace}`,
        {
          operation: 'UPDATE',
          subresource: 'status',
          object: { ...pod(namespace, { containers: [container] }), status: { phase: 'Running' } },
          oldObject: pod(namespace, {}),
        },
      ],
    ]),
    ...ROLE_KEEPERS.map(({ user }): Named => [`a role kept by ${user}`, { operation: 'CREATE', object: role, user }]),
    ['a role kept by somebody else', { operation: 'CREATE', object: role }],
  ];
}

/** What the guards refuse and let pass, by somebody, the exempt and the controllers of Kubernetes. */
function guards(): Named[] {
  const app = new HardenedApp({ settings: { enforcement: { exempt: EXEMPT } } });
  new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  const objects = app.synthesise().artifacts.manifests.map(({ object }) => object);
  const callers: Readonly<Record<string, Partial<AdmissionRequest>>> = {
    somebody: { groups: ['developers'] },
    'an exempt user': { user: 'pipeline' },
    'an exempt group': { groups: ['platform'] },
    'the namespace controller': { user: 'system:serviceaccount:kube-system:namespace-controller' },
  };
  return [...refusedByGuards(objects), ...passedByGuards(objects)].flatMap(([what, request]) =>
    Object.entries(callers).map(([who, caller]): Named => [`${who} ${what}`, { ...request, ...caller }]),
  );
}

/** A request as tools/admission reads it, with the answer that is expected. */
function withAnswer(name: string, { subresource = '', user = 'jane', groups = [], ...given }: AdmissionRequest): object {
  const { operation } = given;
  const object = given.object && asServed(given.object);
  const oldObject = given.oldObject && asServed(given.oldObject);
  const { apiVersion, kind, metadata } = (object ?? oldObject) as KubeObject;
  const [version, group = ''] = apiVersion.split('/').reverse() as [string, string?];
  const expect = admit(admission, { operation, object, oldObject, subresource, user, groups }, NAMESPACES[metadata.namespace ?? '']);
  return { name, operation, group, version, resource: resourceOf(kind), subresource, object, oldObject, user, groups, expect };
}
