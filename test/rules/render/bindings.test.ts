import { CEL_RULES, renderPolicies, ROLE_KEEPERS, roleExample, VALID_POD } from '../../../src/rules';
import type { CelRule } from '../../../src/rules';
import type { KubeObject } from '../../../src/manifest';
import { ENFORCEMENT_ACTIONS, PlatformSettings } from '../../../src/settings';
import type { EnforcementAction, EnforcementSettings } from '../../../src/settings';
import { admit } from '../../support/admission';
import type { AdmissionRequest } from '../../support/admission';

const rule = (id: string): CelRule => CEL_RULES.find((candidate) => candidate.id === id) as CelRule;
const PRIVILEGED = rule('privileged');
const WILDCARD = rule('rbac-wildcard');

function render(rules: readonly CelRule[], enforcement: Partial<EnforcementSettings> = {}): KubeObject[] {
  const settings = PlatformSettings.from({ enforcement: { exempt: { groups: ['platform'] }, ...enforcement } });
  return renderPolicies({ rules, settings, waived: new Map() });
}

/** Pods of a node agent, as network and storage plugins bring them. */
const pod = (namespace: string): KubeObject => ({
  ...VALID_POD,
  metadata: { name: 'agent', namespace },
  spec: {
    hostNetwork: true,
    containers: [{ name: 'agent', image: 'registry.example.com/agent:1', securityContext: { privileged: true } }],
    volumes: [{ name: 'cni', hostPath: { path: '/etc/cni' } }],
  },
});

const create = (object: KubeObject): AdmissionRequest => ({ operation: 'CREATE', object });
const label = (stage: string) => ({ 'cdk8s-hardened/enforcement': stage });

/** The action that was taken, seen from outside. */
function actionOn(objects: readonly KubeObject[], request: AdmissionRequest, labels: Record<string, string> = {}): string {
  const { denied, warnings, audited } = admit(objects, request, labels);
  return [denied ? 'denied' : '', warnings.length > 0 ? 'warned' : '', audited ? 'audited' : ''].filter(Boolean).join(', ') || 'nothing';
}

const SEEN: Readonly<Record<EnforcementAction, string>> = { deny: 'denied, warned, audited', warn: 'warned, audited', audit: 'audited' };
const MILDER: readonly (readonly [EnforcementAction, EnforcementAction, EnforcementAction])[] = [
  ['deny', 'deny', 'deny'],
  ['deny', 'warn', 'warn'],
  ['deny', 'audit', 'audit'],
  ['warn', 'deny', 'warn'],
  ['warn', 'warn', 'warn'],
  ['warn', 'audit', 'audit'],
  ['audit', 'deny', 'audit'],
  ['audit', 'warn', 'audit'],
  ['audit', 'audit', 'audit'],
];

describe.each(MILDER)('a rule that goes to %s at most, where the namespace goes to %s', (limit, stage, effective) => {
  const rules = { [PRIVILEGED.id]: limit };

  it(`is ${effective}: by the label, and by name`, () => {
    expect(actionOn(render([PRIVILEGED], { rules }), create(pod('shop')), label(stage))).toBe(SEEN[effective]);
    expect(actionOn(render([PRIVILEGED], { rules, namespaces: { shop: stage } }), create(pod('shop')))).toBe(SEEN[effective]);
  });

  it('is the same outside namespaces, by the setting for the cluster', () => {
    const role = roleExample([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'ClusterRole');
    expect(actionOn(render([WILDCARD], { rules: { [WILDCARD.id]: limit }, cluster: stage }), create(role))).toBe(SEEN[effective]);
  });
});

it('listens to the name of a namespace that the settings name, and not to its label', () => {
  const objects = render([PRIVILEGED], { namespaces: { gateway: 'warn', monitoring: 'audit' } });
  for (const stage of ENFORCEMENT_ACTIONS) {
    expect(actionOn(objects, create(pod('gateway')), label(stage))).toBe(SEEN.warn);
    expect(actionOn(objects, create(pod('monitoring')), label(stage))).toBe(SEEN.audit);
  }
});

it.each(['calico-system', 'kube-system', 'default', 'longhorn-system'])(
  'lets node agents in %s roll out on the first day, and records them',
  (namespace) => expect(actionOn(render(CEL_RULES), create(pod(namespace)))).toBe('audited'),
);

it('denies nothing in kube-system, whatever its label or the settings say', () => {
  expect(actionOn(render(CEL_RULES), create(pod('kube-system')), label('deny'))).toBe('warned, audited');
  const named = render(CEL_RULES, { namespaces: { 'kube-system': 'deny' } });
  expect(actionOn(named, create(pod('kube-system')), label('deny'))).toBe('warned, audited');
});

it('only records a label that is no action', () => {
  expect(actionOn(render([PRIVILEGED]), create(pod('shop')), label('Deny'))).toBe('audited');
});

it('judges a Namespace by its own labels', () => {
  const namespace = (labels: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'a', labels },
  });
  const objects = render([rule('namespace-pod-security')]);
  expect(actionOn(objects, create(namespace(label('deny'))))).toBe(SEEN.deny);
  expect(actionOn(objects, create(namespace({})))).toBe('audited');
});

it('only records what is wrong outside namespaces, unless the settings say otherwise', () => {
  const role = roleExample([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'ClusterRole');
  expect(actionOn(render(CEL_RULES), create(role), label('deny'))).toBe('audited');
});

it('judges a Role by its namespace, and a ClusterRole not', () => {
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
  expect(actionOn(render(CEL_RULES), create(roleExample(rules)), label('deny'))).toBe(SEEN.deny);
  expect(actionOn(render(CEL_RULES, { cluster: 'deny' }), create(roleExample(rules, 'ClusterRole')), {})).toBe(SEEN.deny);
});

it.each(ROLE_KEEPERS.map(({ user, reason }) => [user, reason]))('lets %s keep the roles of Kubernetes: %s', (user) => {
  const role = roleExample([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'ClusterRole', 'cluster-admin');
  const objects = render(CEL_RULES, { cluster: 'deny' });
  expect(actionOn(objects, { ...create(role), user })).toBe('nothing');
  expect(actionOn(objects, { ...create(role), user: `${user}-not` })).toBe(SEEN.deny);
});
