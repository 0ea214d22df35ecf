import { inController, PlatformSettings, RULES, VALID_POD } from '../../src';
import type { KubeObject } from '../../src';

const WEB = inController(VALID_POD, 'Deployment');
const object = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace: string | undefined = 'shop'): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...rest,
});
const NAMESPACE = object('v1', 'Namespace', 'shop', {}, undefined);
const DENY = object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});
const QUOTA = object('v1', 'ResourceQuota', 'quota');
const LIMITS = object('v1', 'LimitRange', 'limits');
const ACCOUNT = object('v1', 'ServiceAccount', 'web');
const service = (spec: object) =>
  object('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec } });

function found(rule: string, ...objects: KubeObject[]): string[] {
  const artifacts = { manifests: objects.map((item) => ({ object: item, origin: {} })), nodeFiles: [] };
  return RULES.filter(({ id }) => id === rule)
    .flatMap((candidate) => candidate.check({ artifacts, settings: PlatformSettings.from(), waivers: [] }))
    .map(({ message }) => message);
}

describe('namespace-isolated', () => {
  const check = (...objects: KubeObject[]) => found('namespace-isolated', ...objects);

  it('accepts a namespace with default-deny, quota and limits', () => expect(check(NAMESPACE, DENY, QUOTA, LIMITS)).toEqual([]));

  it('names what is missing', () => {
    expect(check(NAMESPACE, DENY, QUOTA)).toEqual([expect.stringContaining('no LimitRange')]);
    expect(check(NAMESPACE, QUOTA, LIMITS)).toEqual([expect.stringContaining('no NetworkPolicy that denies both ways')]);
  });

  it.each([
    ['selects some pods only', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] }],
    ['covers one direction', { podSelector: {}, policyTypes: ['Ingress'] }],
    ['lets something out', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{}] }],
  ])('does not take a policy for default-deny that %s', (_what, spec) => {
    expect(check(NAMESPACE, QUOTA, LIMITS, { ...DENY, spec })).toHaveLength(1);
  });

  it('does not take the policies of another namespace', () => {
    expect(check(NAMESPACE, QUOTA, LIMITS, { ...DENY, metadata: { name: 'default-deny', namespace: 'other' } })).toHaveLength(1);
  });
});

describe('service-account-exists', () => {
  const check = (...objects: KubeObject[]) => found('service-account-exists', ...objects);

  it('accepts an account that is made here', () => expect(check(NAMESPACE, WEB, ACCOUNT)).toEqual([]));
  it('refuses one that is not', () => expect(check(NAMESPACE, WEB)).toEqual(['runs as a service account that nothing here makes (web)']));
  it('cannot know it where the namespace is made elsewhere', () => expect(check(WEB)).toEqual([]));
});

describe('port-names', () => {
  const check = (...objects: KubeObject[]) => found('port-names', ...objects);
  const named = (port: string) =>
    inController(
      {
        ...VALID_POD,
        spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080 }], livenessProbe: { httpGet: { port } } }] },
      },
      'Deployment',
    );

  it('accepts a probe on a port that the container has, and refuses another', () => {
    expect(check(named('http'))).toEqual([]);
    expect(check(named('metrics'))).toEqual(['names a port that no container has (metrics)']);
  });

  it('accepts a Service that leads to a port by number or by a name that its pods have, and refuses another', () => {
    expect(check(named('http'), service({ ports: [{ port: 80, targetPort: 'http' }] }))).toEqual([]);
    expect(check(named('http'), service({}))).toEqual([]);
    expect(check(named('http'), service({ ports: [{ port: 80, targetPort: 'web' }] }))).toEqual([
      'names a port that no container has (web)',
    ]);
  });
});

describe('selector-matches', () => {
  const check = (...objects: KubeObject[]) => found('selector-matches', ...objects);

  it('accepts what selects a workload, and what selects all', () => expect(check(NAMESPACE, WEB, DENY, service({}))).toEqual([]));

  it.each([
    service({ selector: { app: 'wbe' } }),
    object('policy/v1', 'PodDisruptionBudget', 'web', { spec: { selector: { matchLabels: { app: 'wbe' } } } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'web', { spec: { podSelector: { matchLabels: { app: 'wbe' } } } }),
  ])('refuses a $kind that selects nothing', (selecting) => {
    expect(check(NAMESPACE, WEB, selecting)).toEqual(['selects pods that nothing here makes ({"app":"wbe"})']);
    expect(check(WEB, selecting)).toEqual([]);
  });
});
