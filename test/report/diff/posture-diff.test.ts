import { assess } from '../../../src/assessment';
import { VALID_POD } from '../../../src/rules';
import { PlatformSettings } from '../../../src/settings';
import type { KubeObject, NodeFile } from '../../../src/manifest';
import type { WaiverProps } from '../../../src/settings';
import { postureDiff } from '../../../src/report/diff';
import type { Posture } from '../../../src/report/diff';
import { binding, clusterRole, inShop, policy, role } from '../../support/shop';

const POD: KubeObject = { ...VALID_POD, metadata: { namespace: 'shop', name: 'web', labels: { app: 'web' } } };
const DB: KubeObject = { ...VALID_POD, metadata: { namespace: 'shop', name: 'db', labels: { app: 'db' } } };
const LEADS = [{ kind: 'Group', name: 'leads' }];
const FILE: NodeFile = { role: 'worker', path: '/etc/a', mode: '0600', owner: 'root:root', content: 'a' };

function posture(objects: readonly KubeObject[], nodeFiles: readonly NodeFile[] = [], waivers: readonly WaiverProps[] = []): Posture {
  const artifacts = { manifests: objects.map((object) => ({ object, origin: {} })), nodeFiles };
  return { artifacts, assessment: assess(artifacts, PlatformSettings.from({ waivers, asOf: '2027-01-01' }), { complete: false }) };
}

/** The changes about one subject, as `tendency: what`. */
function changes(subject: string, before: Posture, after: Posture): string[] {
  return postureDiff(before, after)
    .filter((change) => change.subject === subject)
    .map(({ tendency, what }) => `${tendency}: ${what}`);
}

const both = (subject: string, one: readonly KubeObject[], other: readonly KubeObject[]): string[][] => [
  changes(subject, posture(one), posture(other)),
  changes(subject, posture(other), posture(one)),
];

it('finds nothing between a posture and itself', () => {
  const one = posture([POD, DB, policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] })], [FILE]);
  expect(postureDiff(one, one)).toEqual([]);
});

it('calls a finding looser, and one that is gone stricter', () => {
  const privileged = { ...POD, spec: { ...(POD['spec'] as object), hostPID: true } };
  const [looser, stricter] = both('finding', [POD], [privileged]);
  expect(looser).toEqual([expect.stringMatching(/^looser: Pod shop\/web: shares a namespace of the host/)]);
  expect(stricter).toEqual([expect.stringMatching(/^stricter: Pod shop\/web: shares .* \(no more\)$/)]);
});

it('calls a waiver looser that accepts something', () => {
  const objects = [{ ...POD, spec: { ...(POD['spec'] as object), hostPID: true } }];
  const waiver = { control: 'POD-10', target: 'Pod/shop/web', reason: 'debugging', owner: 'o', expires: '2027-06-30' } as const;
  expect(changes('waiver', posture(objects), posture(objects, [], [waiver]))).toEqual(['looser: Pod/shop/web: debugging']);
  expect(changes('waiver', posture([POD]), posture([POD], [], [waiver]))).toEqual([]);
});

describe('ways through the network', () => {
  const deny = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const allow = (ports: number[]): KubeObject[] => [
    deny,
    policy('to-db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: ports.map((port) => ({ port })) }] }),
    policy('from-web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }),
  ];

  it('tells the ports that opened and closed', () => {
    expect(changes('flow', posture([POD, DB, ...allow([80, 81])]), posture([POD, DB, ...allow([81, 82])]))).toEqual(
      expect.arrayContaining(['looser: Pod/shop/web → Pod/shop/db TCP 82', 'stricter: Pod/shop/web → Pod/shop/db TCP 80 (no more)']),
    );
  });

  it('tells of what lies outside', () => {
    expect(changes('flow', posture([POD, deny]), posture([POD]))).toEqual(
      expect.arrayContaining(['looser: Pod/shop/web → 169.254.169.254/32 every port', 'looser: 0.0.0.0/0 → Pod/shop/web every port']),
    );
  });

  it('is neutral about a workload that comes or goes', () => {
    const [comes, goes] = both('flow', [DB, ...allow([80])], [POD, DB, ...allow([80])]);
    expect(comes).toEqual(['neutral: Pod/shop/web → Pod/shop/db TCP 80, a new workload']);
    expect(goes).toEqual(['neutral: Pod/shop/web → Pod/shop/db TCP 80 (gone with its workload)']);
  });
});

describe('permissions', () => {
  const granted = (rules: readonly Record<string, unknown>[], subjects: readonly Record<string, unknown>[] = LEADS): KubeObject[] => [
    role('r', rules),
    binding('b', 'Role/r', subjects),
  ];
  const pods = (...verbs: string[]) => ({ apiGroups: [''], resources: ['pods'], verbs });

  it.each<[string, KubeObject[], KubeObject[], string[]]>([
    ['a verb more', granted([pods('get')]), granted([pods('get', 'delete')]), ['looser: Group leads may delete pods in shop']],
    ['a verb less', granted([pods('get', 'list')]), granted([pods('get')]), ['stricter: Group leads may list pods in shop (no more)']],
    ['a wildcard', granted([pods('get')]), granted([pods('*')]), ['looser: Group leads may * pods in shop']],
    ['the same in two rules', granted([pods('get', 'list')]), granted([pods('get'), pods('list')]), []],
    ['another name of the role', granted([pods('get')]), [role('q', [pods('get')]), binding('c', 'Role/q', LEADS)], []],
    [
      'any name instead of one',
      granted([{ ...pods('get'), resourceNames: ['web-0'] }]),
      granted([pods('get')]),
      ['looser: Group leads may get pods in shop'],
    ],
    [
      'a subresource that a wildcard held',
      granted([{ apiGroups: [''], resources: ['*/exec'], verbs: ['create'] }]),
      granted([{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }]),
      ['stricter: Group leads may create */exec in shop (no more)'],
    ],
    ['somebody new', [], granted([pods('get')]), ['looser: Group leads may get pods in shop']],
    [
      'a new service account',
      [],
      granted([pods('get')], [{ kind: 'ServiceAccount', name: 'web' }]),
      ['neutral: ServiceAccount shop/web may get pods in shop'],
    ],
    [
      'a ClusterRole of Kubernetes',
      [],
      [binding('b', 'ClusterRole/view', LEADS)],
      ["looser: Group leads may use clusterroles.rbac.authorization.k8s.io 'view' in shop"],
    ],
    [
      'what is added to a ClusterRole by label',
      [clusterRole('more', [pods('get')]), binding('b', 'ClusterRole/view', LEADS)],
      [
        clusterRole('more', [pods('get')], {}, { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }),
        binding('b', 'ClusterRole/view', LEADS),
      ],
      ['looser: Group leads may get pods in shop'],
    ],
    [
      'a path that is no resource',
      [clusterRole('r', [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]), binding('b', 'ClusterRole/r', LEADS)],
      [clusterRole('r', [{ nonResourceURLs: ['/metrics', '/debug/*'], verbs: ['get'] }]), binding('b', 'ClusterRole/r', LEADS)],
      ['looser: Group leads may get /debug/* in shop'],
    ],
  ])('%s', (_what, before, after, expected) => expect(changes('permission', posture(before), posture(after))).toEqual(expected));
});

describe('objects', () => {
  const quota = (cpu: string): KubeObject => inShop('v1', 'ResourceQuota', 'quota', { spec: { hard: { 'limits.cpu': cpu } } });
  const guard = (...validationActions: string[]): KubeObject => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'guard' },
    spec: { validationActions },
  });

  it.each<[string, KubeObject[], KubeObject[], string[]]>([
    ['a new object', [], [POD], ['neutral: Pod shop/web: new']],
    ['a field', [quota('1')], [quota('2')], ['neutral: ResourceQuota shop/quota: spec.hard.limits.cpu']],
    ['a safeguard that is gone', [quota('1')], [], ['looser: ResourceQuota shop/quota: gone']],
    ['a new safeguard', [], [quota('1')], ['stricter: ResourceQuota shop/quota: new']],
    [
      'a policy that only warns now',
      [guard('Deny', 'Audit')],
      [guard('Warn', 'Audit')],
      ['looser: ValidatingAdmissionPolicyBinding guard: spec.validationActions[0]'],
    ],
    [
      'a policy that denies now',
      [guard('Audit')],
      [guard('Deny')],
      ['stricter: ValidatingAdmissionPolicyBinding guard: spec.validationActions[0]'],
    ],
    ['one that only audits is gone', [guard('Audit')], [], ['neutral: ValidatingAdmissionPolicyBinding guard: gone']],
  ])('%s', (_what, before, after, expected) => expect(changes('object', posture(before), posture(after))).toEqual(expected));

  it('never tells values', () => {
    const secret = (value: string): KubeObject => inShop('v1', 'Secret', 'db', { data: { password: value } });
    expect(JSON.stringify(postureDiff(posture([secret('b2xk')]), posture([secret('bmV3')])))).not.toMatch(/b2xk|bmV3/);
  });
});

it.each<[string, NodeFile[], NodeFile[], string[]]>([
  ['a new file', [], [FILE], ['neutral: worker:/etc/a: new']],
  ['another mode', [FILE], [{ ...FILE, mode: '0644' }], ['neutral: worker:/etc/a: changed']],
  ['a file that is gone', [FILE], [], ['neutral: worker:/etc/a: gone']],
])('tells of %s for hosts', (_what, before, after, expected) => {
  expect(changes('node file', posture([], before), posture([], after))).toEqual(expected);
});
