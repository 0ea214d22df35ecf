import {
  EMPTY_SYSTEM_NAMESPACES,
  GUARDED_OBJECTS,
  HardenedApp,
  HardenedBaseline,
  HardenedDaemonSet,
  NAMESPACE_CLEANERS,
  Probes,
  TENANT_LABEL,
  Waiver,
} from '../../src';
import type { EnforcementSettings, KubeObject, PlatformSettingsProps, IsolatedNamespace } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { lintPolicyCel } from '../../src/rules';
import { admit, failuresOf } from '../support/admission';
import type { AdmissionRequest } from '../support/admission';
import { labelled, passedByGuards, refusedByGuards } from '../support/guard-requests';
import { IMAGE } from '../support/images';
import { expectYaml } from '../support/snapshot';
import { only } from '../support/synth';

const TENANTS = [{ name: 'shop', owner: 'shop@example.com', namespaces: ['shop'] }];
const ENFORCEMENT: EnforcementSettings = { exempt: { users: ['pipeline'], groups: ['platform'] } };

function synth(
  settings: PlatformSettingsProps = { enforcement: ENFORCEMENT },
  add = (_namespace: IsolatedNamespace): void => {},
): KubeObject[] {
  const app = new HardenedApp({ settings: { asOf: '2026-06-01', ...settings } });
  add(new HardenedBaseline(app, 'baseline', { tenants: TENANTS }).namespace('shop'));
  return app.synthesise().artifacts.manifests.map(({ object }) => object);
}

const admission = (objects: readonly KubeObject[]) => objects.filter(({ apiVersion }) => apiVersion === 'admissionregistration.k8s.io/v1');
const OBJECTS = synth();
const GUARDS = admission(OBJECTS).filter(({ metadata }) => metadata.name.startsWith('cdk8s-hardened-guard-'));

it('looks like this: the policy that guards what isolates a namespace', () => {
  expectYaml(
    'policy-guard-isolation',
    GUARDS.filter(({ metadata }) => metadata.name.startsWith('cdk8s-hardened-guard-isolation')),
  );
});

it('is nothing unless the settings say how rules are enforced', () => expect(admission(synth({}))).toEqual([]));

it('is left out by name', () => {
  const app = new HardenedApp({ settings: { enforcement: ENFORCEMENT } });
  new HardenedBaseline(app, 'baseline', { tenants: TENANTS, without: ['enforcement'] });
  expect(admission(app.synthesise().artifacts.manifests.map(({ object }) => object))).toEqual([]);
});

it('is the same when it is synthesised again', () => {
  const app = new HardenedApp({ settings: { enforcement: ENFORCEMENT } });
  new HardenedBaseline(app, 'baseline', { tenants: TENANTS });
  expect(app.synthYaml()).toBe(app.synthYaml());
});

it('stops synth, and says why, where the settings cannot be', () => {
  const wrong = { namespaces: { 'kube-system': 'deny' }, rules: { privilege: 'warn', 'port-names': 'warn' }, exempt: {} } as const;
  expect(() => synth({ enforcement: wrong })).toThrow(
    /enforcement\.namespaces\.kube-system: kube-system is never denied.*\n.*rules\.privilege: there is no rule 'privilege'\. Did you mean 'privileged'\?.*\n.*rules\.port-names: 'port-names' must see all objects at once.*\n.*exempt: nobody is exempt/,
  );
  expect(() => synth({ enforcement: { exempt: { groups: ['system:authenticated'] } } })).toThrow(
    /enforcement\.exempt\.groups\.0: system:authenticated is everybody/,
  );
});

describe('a waiver', () => {
  const waiver = { reason: 'ships the logs of the node', owner: 'shop@example.com', expires: '2026-12-31' };
  const agent = (namespace: IsolatedNamespace, id: string, waivers: readonly Waiver[] = []): void => {
    const logs = kplus.Volume.fromHostPath(namespace, `${id}-logs`, 'logs', { path: '/var/log' });
    new HardenedDaemonSet(namespace, id, { image: IMAGE, probes: Probes.exec(['ok']), volumes: [logs], waivers });
  };
  const objects = synth(
    { enforcement: ENFORCEMENT, waivers: [{ ...waiver, control: 'POD-12', target: 'shop/by-settings' }] },
    (namespace) => {
      agent(namespace, 'by-construct', [Waiver.of('POD-12', waiver)]);
      agent(namespace, 'by-settings');
    },
  );
  /** The Pod that the DaemonSet comes to, as its controller asks for it. */
  const podOf = (name: string, spec: object = {}): KubeObject => {
    const template = only(objects, 'DaemonSet', name)['spec'].template as { metadata: object; spec: object };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: 'a', namespace: 'shop' },
      spec: { ...template.spec, ...spec },
    };
  };
  const answer = (object: KubeObject) =>
    admit(admission(objects), { operation: 'CREATE', object }, { 'cdk8s-hardened/enforcement': 'deny' });

  it.each(['by-construct', 'by-settings'])('lets in what it was given %s, with the pods that it makes', (name) => {
    expect(answer(only(objects, 'DaemonSet', name))).toEqual({ denied: false, warnings: [], audited: false });
    expect(answer(podOf(name))).toEqual({ denied: false, warnings: [], audited: false });
  });

  it('lets in nothing else, and nothing else of the same pod', () => {
    const other = answer(podOf('by-construct', { serviceAccountName: 'other' }));
    expect([other.denied, other.warnings]).toEqual([
      true,
      [expect.stringContaining('mounts a path of the host: logs: /var/log (rule host-path')],
    ]);
    expect(answer(podOf('by-construct', { hostPID: true })).warnings).toEqual(
      expect.arrayContaining([expect.stringContaining('shares a namespace of the host: hostPID')]),
    );
  });
});

describe('a guard', () => {
  const own = OBJECTS.filter(({ kind, metadata }) => metadata.namespace === 'shop' || (kind === 'Namespace' && metadata.name === 'shop'));
  const namespace = only(own, 'Namespace');
  const refused = refusedByGuards(own);
  const denied = (request: AdmissionRequest): boolean => admit(GUARDS, request, namespace.metadata.labels).denied;

  it.each(refused)('refuses who %s, and lets the exempt do it', (_what, request) => {
    expect(denied(request)).toBe(true);
    expect(denied({ ...request, groups: ['developers', 'system:authenticated'] })).toBe(true);
    expect(denied({ ...request, user: 'pipeline' })).toBe(false);
  });

  it.each(NAMESPACE_CLEANERS.map(({ user, reason }) => [user, reason]))('lets %s clean up: it %s', (user) => {
    const deletions = refused.filter(([, { operation }]) => operation === 'DELETE');
    expect(deletions.length).toBeGreaterThan(GUARDED_OBJECTS.length);
    expect(deletions.filter(([, request]) => denied({ ...request, user }))).toEqual([]);
  });

  it('is a group that the exempt may be in', () => {
    expect(refused.filter(([, request]) => denied({ ...request, user: 'kim', groups: ['platform'] }))).toEqual([]);
  });

  it.each(passedByGuards(own))('passes by who %s', (_what, request) => expect(denied(request)).toBe(false));

  it('looks at no status, which the controllers write', () => {
    const rules = GUARDS.flatMap(({ spec }) => (spec.matchConstraints?.resourceRules ?? []) as { resources: string[] }[]);
    expect(rules.flatMap(({ resources }) => resources).sort()).toEqual([
      'limitranges',
      'namespaces',
      'networkpolicies',
      'resourcequotas',
      'serviceaccounts',
    ]);
  });

  it('holds by name where Kubernetes made the namespace, and nowhere else without the label', () => {
    const policy = OBJECTS.find(({ metadata }) => metadata.name === 'default-deny') as KubeObject;
    const deniedIn = (name: string, labels = {}): boolean =>
      admit(GUARDS, { operation: 'DELETE', oldObject: { ...policy, metadata: { name: 'default-deny', namespace: name } } }, labels).denied;
    expect([...EMPTY_SYSTEM_NAMESPACES, 'kube-system', 'gateway'].filter((name) => deniedIn(name))).toEqual(EMPTY_SYSTEM_NAMESPACES);
    expect(deniedIn('gateway', { [TENANT_LABEL]: 'shop' })).toBe(true);
    expect(deniedIn('kube-system', { [TENANT_LABEL]: 'shop' })).toBe(false);
  });

  it('keeps to the CEL subset', () => {
    const texts = GUARDS.flatMap(({ spec }) =>
      [...(spec.matchConditions ?? []), ...(spec.variables ?? []), ...(spec.validations ?? [])].flatMap(
        ({ expression, messageExpression = "''" }: { expression: string; messageExpression?: string }) => [expression, messageExpression],
      ),
    );
    expect([texts.length > 10, texts.flatMap(lintPolicyCel)]).toEqual([true, []]);
  });

  it('names the labels that are changed', () => {
    const object = labelled(namespace, { 'cdk8s-hardened/enforcement': 'audit', 'pod-security.kubernetes.io/warn': undefined });
    const [guard] = GUARDS.filter(({ metadata }) => metadata.name === 'cdk8s-hardened-guard-namespaces') as [KubeObject];
    expect(failuresOf(guard, { operation: 'UPDATE', object, oldObject: namespace })).toEqual([
      'changes labels that guard the namespace: cdk8s-hardened/enforcement, pod-security.kubernetes.io/warn (controls POD-08, NET-02). Ask the platform team: those under enforcement.exempt may.',
    ]);
  });
});

it('does not keep the exempt from a rule: Pod Security is weakened with a waiver, or where enforcement is taken back first', () => {
  const namespace = only(OBJECTS, 'Namespace', 'shop');
  const labels = { ...namespace.metadata.labels, 'pod-security.kubernetes.io/enforce': 'baseline' };
  const denied = (changed: object): boolean => {
    const object = { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, ...changed } } };
    return admit(admission(OBJECTS), { operation: 'UPDATE', object, oldObject: namespace, groups: ['platform'] }).denied;
  };
  expect([denied({}), denied({ 'cdk8s-hardened/enforcement': 'audit' })]).toEqual([true, false]);
});
