import * as fc from 'fast-check';
import {
  AUDIT_EVIDENCE,
  AUDIT_LEVELS,
  AUDIT_PROFILES,
  auditLevel,
  auditPolicy,
  auditPolicyProblems,
  CREDENTIAL_RESOURCES,
  REQUEST_VERBS,
  SUPPORTED_MINORS,
} from '../../../src';
import type { AuditLevel, AuditPolicy, AuditRequest, KubernetesMinor, RequestedResource, SecretLikeResources } from '../../../src';
import { expectYaml } from '../../support/snapshot';
import { rounds } from '../../support/rounds';

const policyOf = (profile: 'nsa' | 'balanced', minor: KubernetesMinor, secretLike: readonly SecretLikeResources[] = []): AuditPolicy =>
  auditPolicy({ profile, minor, secretLike, requestReceived: false });
const CASES = AUDIT_PROFILES.flatMap((profile) => SUPPORTED_MINORS.map((minor) => [profile, minor] as const));
const rank = (level: AuditLevel): number => AUDIT_LEVELS.indexOf(level);

/** Callers of every kind; undefined is one whose authentication failed. */
const CALLERS: Readonly<Record<string, AuditRequest['user']>> = {
  'a person': { name: 'jane', groups: ['developers', 'system:authenticated'] },
  'a pod': {
    name: 'system:serviceaccount:shop:web',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
  },
  'a kubelet': { name: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] },
  'kube-proxy': { name: 'system:serviceaccount:kube-system:kube-proxy', groups: ['system:serviceaccounts', 'system:authenticated'] },
  'a controller': { name: 'system:kube-controller-manager', groups: ['system:authenticated'] },
  'the scheduler': { name: 'system:kube-scheduler', groups: ['system:authenticated'] },
  'an administrator past RBAC': { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
  'an anonymous caller': { name: 'system:anonymous', groups: ['system:unauthenticated'] },
  'a caller who is refused (401)': undefined,
};

const asked = (user: AuditRequest['user'], verb: string, resource: RequestedResource): AuditRequest => ({
  ...(user ? { user } : {}),
  verb,
  resource,
});

const caller = fc.oneof(
  fc.constantFrom(...Object.values(CALLERS)),
  fc.record({
    name: fc.string(),
    groups: fc.array(fc.oneof(fc.string(), fc.constantFrom('system:nodes', 'system:masters', 'system:authenticated'))),
  }),
);
const verb = fc.oneof(fc.constantFrom(...REQUEST_VERBS), fc.string());
const place = fc.record({ namespace: fc.constantFrom('', 'shop', 'kube-system', 'kube-node-lease'), name: fc.constantFrom('', 'a') });
const plural = fc.stringMatching(/^[a-z]{3,12}$/);
const group = fc.stringMatching(/^[a-z]{2,8}\.[a-z]{2,8}\.[a-z]{2,3}$/);
const secretLike = fc.array(fc.record({ group, resources: fc.array(plural, { minLength: 1, maxLength: 3 }) }), { maxLength: 3 });

describe.each(CASES)('%s on %s', (profile, minor) => {
  it('has nothing that the checks of policies find, whatever else holds credentials', () => {
    fc.assert(
      fc.property(secretLike, (extra) => expect(auditPolicyProblems(policyOf(profile, minor, extra), minor)).toEqual([])),
      { numRuns: rounds(20) },
    );
  });

  it('records every request for credentials, and never a body: any caller, verb, subresource and place', () => {
    const subresource = fc.option(fc.stringMatching(/^[a-z]{1,8}$/), { nil: undefined, freq: 2 });
    fc.assert(
      fc.property(
        secretLike,
        caller,
        verb,
        fc.constantFrom(...CREDENTIAL_RESOURCES),
        subresource,
        place,
        (extra, user, how, credential, sub, where) => {
          const resource = { ...credential, ...(credential.subresource || sub === undefined ? {} : { subresource: sub }), ...where };
          expect(auditLevel(policyOf(profile, minor, extra), asked(user, how, resource)).level).toBe('Metadata');
        },
      ),
    );
  });

  it('treats what the user names as secret-like the same way', () => {
    fc.assert(
      fc.property(secretLike, caller, verb, fc.option(plural, { nil: undefined }), place, (extra, user, how, sub, where) => {
        for (const { group: apiGroup, resources } of extra) {
          for (const resource of resources) {
            const requested = { group: apiGroup, resource, ...(sub === undefined ? {} : { subresource: sub }), ...where };
            expect(auditLevel(policyOf(profile, minor, extra), asked(user, how, requested)).level).toBe('Metadata');
          }
        }
      }),
      { numRuns: rounds(50) },
    );
  });

  it.each(Object.entries(CALLERS))('keeps the evidence of every action of an attacker, as %s', (_who, user) => {
    const policy = policyOf(profile, minor);
    for (const { action, level, stage = 'ResponseComplete', verbs, resources } of AUDIT_EVIDENCE) {
      for (const requested of resources) {
        for (const how of verbs) {
          const recorded = auditLevel(policy, asked(user, how, { ...requested, namespace: 'kube-system' }));
          expect({ action, how, requested, enough: rank(recorded.level) >= rank(level) && recorded.stages.includes(stage) }).toMatchObject({
            enough: true,
          });
        }
      }
    }
  });

  it('records every anonymous request, refused or not, but health probes', () => {
    const anonymous = fc.constantFrom(CALLERS['an anonymous caller'], CALLERS['a caller who is refused (401)']);
    const path = fc.oneof(fc.constantFrom('/', '/api', '/version', '/metrics', '/openapi/v3', '/debug/pprof/'), fc.webPath());
    const anything = fc.record({
      group: fc.constantFrom('', 'apps', 'coordination.k8s.io', 'events.k8s.io', 'metrics.k8s.io'),
      resource: fc.constantFrom('events', 'leases', 'pods', 'nodes', 'endpoints'),
      namespace: fc.constantFrom('', 'kube-system', 'kube-node-lease'),
    });
    fc.assert(
      fc.property(anonymous, verb, fc.oneof(path, anything), (user, how, target) => {
        const request: AuditRequest =
          typeof target === 'string' ? { ...(user ? { user } : {}), verb: how, path: target } : asked(user, how, target);
        fc.pre(!(how === 'get' && /^\/(livez|readyz|healthz)/.test(request.path ?? '')));
        expect(auditLevel(policyOf(profile, minor), request).level).not.toBe('None');
      }),
    );
    for (const probe of ['/livez', '/readyz', '/healthz', '/readyz/etcd']) {
      expect(
        auditLevel(policyOf(profile, minor), { user: CALLERS['an anonymous caller'] as { name: string }, verb: 'get', path: probe }).level,
      ).toBe('None');
    }
  });

  it('drops what comes all the time and says little', () => {
    const { 'a kubelet': kubelet, 'the scheduler': scheduler, 'a pod': pod, 'kube-proxy': proxy } = CALLERS;
    const lease = { group: 'coordination.k8s.io', resource: 'leases' };
    const routine: AuditRequest[] = [
      asked(kubelet, 'update', { ...lease, namespace: 'kube-node-lease' }),
      asked(scheduler, 'update', { ...lease, namespace: 'kube-system' }),
      asked(pod, 'update', { ...lease, namespace: 'shop' }),
      asked(kubelet, 'create', { group: '', resource: 'events', namespace: 'shop' }),
      asked(proxy, 'watch', { group: 'discovery.k8s.io', resource: 'endpointslices' }),
    ];
    expect(routine.map((request) => auditLevel(policyOf(profile, minor), request).level)).toEqual(routine.map(() => 'None'));
  });
});

it('covers resources called secrets in every group from 1.36 on; 1.35 does not know such a rule', () => {
  const level = (minor: KubernetesMinor) =>
    auditLevel(policyOf('nsa', minor), asked(CALLERS['a person'], 'create', { group: 'vault.example.com', resource: 'secrets' })).level;
  expect(SUPPORTED_MINORS.map(level)).toEqual(['RequestResponse', 'Metadata', 'Metadata']);
});

it.each([
  ['nsa', 'RequestResponse'],
  ['balanced', 'Metadata'],
] as const)('%s records what no rule is for at level %s', (profile, expected) => {
  const request = asked(CALLERS['a person'], 'create', { group: 'argoproj.io', resource: 'applications', namespace: 'shop' });
  expect(auditLevel(policyOf(profile, '1.36'), request).level).toBe(expected);
});

it('records requests when they come in only where that can stop them', () => {
  const stages = (requestReceived: boolean) =>
    auditLevel(auditPolicy({ profile: 'nsa', minor: '1.36', secretLike: [], requestReceived }), { verb: 'get', path: '/' }).stages;
  expect([stages(false).includes('RequestReceived'), stages(true).includes('RequestReceived')]).toEqual([false, true]);
});

it('looks like this: profile nsa', () => expectYaml('audit-policy-nsa', [policyOf('nsa', '1.36')]));

it('looks like this: what balanced has in place of the last rules of nsa', () => {
  const [nsa, balanced] = [policyOf('nsa', '1.36').rules, policyOf('balanced', '1.36').rules];
  const shared = nsa.findIndex((rule, index) => JSON.stringify(rule) !== JSON.stringify(balanced[index]));
  expect(shared).toBe(balanced.length - 1);
  expectYaml('audit-policy-balanced-difference', [{ rules: balanced.slice(shared) }]);
});

it('looks like this: what 1.35 has in place of the group *', () => {
  const [old, current] = [policyOf('nsa', '1.35').rules, policyOf('nsa', '1.36').rules];
  const different = old.filter((rule, index) => JSON.stringify(rule) !== JSON.stringify(current[index]));
  expectYaml('audit-policy-1.35-difference', [{ rules: different }]);
});
