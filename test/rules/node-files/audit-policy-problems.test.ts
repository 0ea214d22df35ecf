import * as fc from 'fast-check';
import { AUDIT_EVIDENCE, auditPolicy, auditPolicyProblems } from '../../../src';
import type { KubernetesMinor, NodeFileProblem } from '../../../src';
import { writtenPolicyArbitrary } from '../../support/audit-arbitrary';

const VALID = auditPolicy({ profile: 'nsa', secretLike: [], minor: '1.36', requestReceived: false });

/** Index behind the last rule of the valid policy. */
const END = VALID.rules.length;

/** What is wrong with the valid policy after this change, as `field control message`. */
function problems(change: (policy: Mutable) => void, minor: KubernetesMinor = '1.36'): string[] {
  const policy = JSON.parse(JSON.stringify(VALID)) as Mutable;
  change(policy);
  return told(auditPolicyProblems(policy, minor));
}

const told = (found: readonly NodeFileProblem[]): string[] => found.map(({ field, control, message }) => `${field} ${control} ${message}`);

/** A policy as somebody writes it: anything may be anywhere. */
type Mutable = Record<string, unknown> & { rules: (Record<string, unknown> & { resources: Record<string, unknown>[] })[] };

const rules = (...written: object[]): Mutable['rules'] => written as Mutable['rules'];
const prepend =
  (...written: object[]) =>
  (policy: Mutable): void =>
    void policy.rules.unshift(...rules(...written));
const append =
  (...written: object[]) =>
  (policy: Mutable): void =>
    void policy.rules.push(...rules(...written));
const secrets = (...resources: string[]) => ({ resources: [{ group: '', resources }] });

it('finds nothing in the policy that AuditLogging makes', () => expect(auditPolicyProblems(VALID, '1.36')).toEqual([]));

describe('what the API server does not start with', () => {
  it.each<[string, (policy: Mutable) => void, RegExp]>([
    ['no rules', (policy) => (policy.rules = []), /^rules LOG-01 there are none, so that the API server does not start$/],
    ['an unknown level', (policy) => (policy.rules[0]!['level'] = 'metadata'), /^rules\[0\]\.level LOG-01 "metadata" is not known$/],
    ['no level', (policy) => delete policy.rules[0]!['level'], /^rules\[0\]\.level LOG-01 is missing$/],
    ['an unknown stage', (policy) => (policy['omitStages'] = ['Received']), /^omitStages\[0\] LOG-01 "Received" is not known$/],
    [
      'paths beside resources',
      (policy) => (policy.rules[1]!['nonResourceURLs'] = ['/version']),
      /^rules\[1\]\.nonResourceURLs LOG-01 stands beside resources or namespaces$/,
    ],
    [
      'a * inside a path',
      (policy) => (policy.rules[0]!['nonResourceURLs'] = ['/a*b']),
      /^rules\[0\]\.nonResourceURLs\[0\] LOG-01 '\/a\*b' has a '\*' that is not its last character$/,
    ],
    [
      'a relative path',
      (policy) => (policy.rules[0]!['nonResourceURLs'] = ['livez']),
      /nonResourceURLs\[0\] LOG-01 'livez' does not begin with '\/'$/,
    ],
    [
      'names of objects without their resource',
      (policy) => (policy.rules[1]!.resources[0] = { group: '', resourceNames: ['a'] }),
      /^rules\[1\]\.resources\[0\]\.resourceNames LOG-01 names objects without their resource$/,
    ],
    [
      'a group with its version',
      (policy) => (policy.rules[1]!.resources[0]!['group'] = 'apps/v1'),
      /^rules\[1\]\.resources\[0\]\.group LOG-01 'apps\/v1' is a group with its version; a group goes without$/,
    ],
    [
      'another version of the API',
      (policy) => (policy['apiVersion'] = 'audit.k8s.io/v1beta1'),
      /^apiVersion LOG-01 "audit.k8s.io\/v1beta1" is not known$/,
    ],
    ['a text where a list belongs', (policy) => (policy.rules[0]!['verbs'] = 'get'), /^rules\[0\]\.verbs LOG-01 "get" is of another type$/],
  ])('%s', (_what, change, expected) => expect(problems(change)).toEqual([expect.stringMatching(expected)]));

  it('the group * on 1.35, and not from 1.36 on', () => {
    expect(problems(() => undefined, '1.35')).toEqual([
      "rules[1].resources[0].group LOG-01 '*' is a group from 1.36 on; 1.35 does not start with it",
    ]);
  });
});

it('calls a field that the server ignores a problem, and judges the rest as the server would', () => {
  expect(problems((policy) => (policy['omitStage'] = ['Panic']))).toEqual([
    expect.stringMatching(/^omitStage LOG-01 is no field of an audit policy/),
  ]);
  const misspelt = problems((policy) => (policy.rules = rules({ level: 'None', user: ['jane'] })));
  expect(misspelt).toEqual([
    expect.stringMatching(/^rules\[0\]\.user LOG-01 is no field/),
    expect.stringMatching(/^rules\[0\]\.level LOG-01 records nothing/),
  ]);
});

it('finds a policy that satisfies checks of the flag alone and records nothing', () => {
  expect(problems((policy) => (policy.rules = rules({ level: 'None' })))).toEqual([
    expect.stringMatching(/^rules\[0\]\.level LOG-01 records nothing: every rule has level None/),
  ]);
});

describe('rules that never decide', () => {
  const shadowed = (change: (policy: Mutable) => void) => problems(change).filter((text) => text.includes('never decides'));

  it('one behind a rule for everything', () => {
    expect(shadowed((policy) => append({ level: 'Metadata', verbs: ['get'] })(policy))).toEqual([
      expect.stringContaining(`rules[${END}] LOG-01 never decides`),
    ]);
  });

  it('one whose subresource is in an earlier pods/*', () => {
    const change = prepend({ level: 'Metadata', ...secrets('pods/*') }, { level: 'Request', ...secrets('pods/exec') });
    expect(shadowed(change)).toEqual([expect.stringMatching(/^rules\[1\] /)]);
  });

  it('one whose pattern matches nothing', () => {
    expect(shadowed(prepend({ level: 'Metadata', ...secrets('*/*') }))).toEqual([expect.stringMatching(/^rules\[0\] /)]);
  });

  it('none that some user, verb or namespace still reaches', () => {
    const narrower = [{ users: ['jane'] }, { verbs: ['get'] }, { namespaces: ['shop'] }, { userGroups: ['system:nodes'] }];
    narrower.forEach((narrow) => {
      const change = prepend({ level: 'Metadata', ...narrow, ...secrets('nodes') }, { level: 'Metadata', ...secrets('nodes') });
      expect(shadowed(change)).toEqual([]);
    });
  });
});

describe('credentials whose bodies are recorded', () => {
  const leaks = (change: (policy: Mutable) => void) => problems(change).filter((text) => text.includes('records the bodies'));
  const all = /^rules\[0\]\.level LOG-03 records the bodies of secrets, configmaps, serviceaccounts\/token \(level Request\)$/;

  it.each<[string, object, RegExp]>([
    ['by name', secrets('secrets'), /bodies of secrets \(level Request\)$/],
    ['through *', secrets('*'), all],
    ['through a whole group', { resources: [{ group: '' }] }, all],
    [
      'through every group',
      { resources: [{ group: '*', resources: ['*'] }] },
      /bodies of secrets, configmaps, serviceaccounts\/token, tokenreviews/,
    ],
    ['through secrets/*', secrets('secrets/*'), /bodies of secrets \(/],
    ['through a subresource of everything', secrets('*/token'), /bodies of serviceaccounts\/token \(/],
    ['for one user', { users: ['jane'], ...secrets('secrets') }, /bodies of secrets/],
    ['for one object', { resources: [{ resources: ['configmaps'], resourceNames: ['a'] }] }, /bodies of configmaps/],
    ['in one namespace', { namespaces: ['kube-system'], ...secrets('secrets') }, /bodies of secrets \(/],
    ['through a rule for everything', {}, /bodies of secrets, configmaps, serviceaccounts\/token, tokenreviews/],
  ])('%s', (_what, rule, expected) => {
    expect(leaks(prepend({ level: 'Request', ...rule }))).toEqual([expect.stringMatching(expected)]);
  });

  it('because the rule that should keep them back is for some users or verbs only', () => {
    expect(leaks((policy) => (policy.rules[1]!['userGroups'] = ['system:authenticated']))).toHaveLength(1);
    expect(leaks((policy) => (policy.rules[1]!['verbs'] = ['get', 'list', 'watch']))).toHaveLength(1);
    expect(leaks((policy) => (policy.rules[1]!['namespaces'] = ['kube-system']))).toHaveLength(1);
  });

  it('because tokens of service accounts are a subresource, which their name does not match', () => {
    const names = ['secrets', 'configmaps', 'serviceaccounts', 'tokenreviews'];
    expect(leaks((policy) => (policy.rules[1]!.resources = [{ group: '*', resources: names }]))).toEqual([
      `rules[${END - 1}].level LOG-03 records the bodies of serviceaccounts/token (level RequestResponse)`,
    ]);
  });
});

describe('actions of attackers', () => {
  it.each(AUDIT_EVIDENCE.map((evidence) => [evidence.action, evidence] as const))(
    'finds that one leaves no record: %s',
    (action, evidence) => {
      const groups = [...new Set(evidence.resources.map(({ group }) => group))];
      const names = evidence.resources.map(({ resource, subresource }) => (subresource ? `${resource}/${subresource}` : resource));
      const found = problems(prepend({ level: 'None', resources: groups.map((group) => ({ group, resources: names })) }));
      expect(found).toContainEqual(expect.stringContaining(`rules[0] LOG-11 of an attacker who ${action}, nothing is recorded`));
    },
  );

  it('finds a record without the body that shows what was done', () => {
    const found = problems(prepend({ level: 'Metadata', ...secrets('pods') }));
    expect(found).toContainEqual(
      expect.stringMatching(
        /^rules\[0\]\.level LOG-11 of an attacker who runs a workload of their own.*, only Metadata is recorded, without the body \(pods\)$/,
      ),
    );
  });

  it('finds sessions that are recorded only when they end', () => {
    expect(problems((policy) => (policy.rules[2]!['omitStages'] = ['ResponseStarted']))).toEqual([
      expect.stringMatching(
        /^rules\[2\] LOG-11 of an attacker who runs commands .*, the stage ResponseStarted is not recorded \(pods\/exec, /,
      ),
    ]);
  });

  it('finds that no outcome is recorded', () => {
    const found = problems((policy) => (policy['omitStages'] = ['ResponseComplete']));
    expect(found.filter((text) => text.includes('the stage ResponseComplete is not recorded')).length).toBeGreaterThan(10);
  });
});

describe('rules in the wrong order', () => {
  it('health probes, which are anonymous, behind the rule for anonymous callers', () => {
    expect(problems(prepend({ level: 'Metadata', userGroups: ['system:unauthenticated'] }))).toEqual(
      [
        expect.stringContaining('rules[1] LOG-18 is to drop probes of /livez, /readyz, /healthz, but rules[0] decides before it'),
        expect.stringMatching(/^rules\[5\] LOG-01 never decides/),
      ].reverse(),
    );
  });

  it('anonymous callers behind a rule that drops their requests', () => {
    expect(problems(prepend({ level: 'None', userGroups: ['system:unauthenticated'] }))).toContain(
      'rules[0] LOG-18 leaves no record of anonymous callers',
    );
  });

  it('no rule for those whose authentication failed, who are in no group', () => {
    const onlyNamed = problems((policy) => {
      policy.rules = policy.rules.slice(0, -2);
      append({ level: 'Metadata', userGroups: ['system:authenticated'] })(policy);
    });
    expect(onlyNamed).toEqual(['rules LOG-18 leaves no record of callers whose authentication failed (401)']);
  });
});

describe('what Kubescape C-0161 fails', () => {
  const scanner = (change: (policy: Mutable) => void) => problems(change).filter((text) => text.includes('C-0161'));

  it('a name that no rule has, even if a whole group covers it', () => {
    const change = (policy: Mutable) => (policy.rules[3]!.resources[1] = { group: 'apps' });
    expect(problems(change)).toEqual([
      'rules LOG-01 name no deployments: CIS 3.2.2 asks to cover them, and Kubescape C-0161 looks for the names',
    ]);
  });

  it('a rule that drops one ConfigMap', () => {
    const rule = { level: 'None', resources: [{ resources: ['configmaps'], resourceNames: ['leader'] }] };
    expect(scanner(prepend(rule))).toEqual([expect.stringMatching(/^rules\[0\]\.level LOG-01 is None in a rule that names configmaps/)]);
  });

  it('a rule that drops pods of another API', () => {
    const rule = { level: 'None', users: ['hpa'], resources: [{ group: 'metrics.k8s.io', resources: ['pods'] }] };
    expect(problems(prepend(rule))).toEqual([expect.stringMatching(/^rules\[0\]\.level LOG-01 is None in a rule that names pods/)]);
  });
});

it('says how to mend everything that it finds', () => {
  const found = [
    ...auditPolicyProblems({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'RequestResponse' }] }, '1.36'),
    ...auditPolicyProblems({ rules: [{ levle: 'None' }] }, '1.36'),
  ];
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter(({ remedy }) => remedy.length < 5)).toEqual([]);
});

it('judges whatever is written, and throws for none of it', () => {
  const cycle: Record<string, unknown> = { ...VALID };
  cycle['metadata'] = cycle;
  expect(auditPolicyProblems(cycle, '1.36')).toEqual([]);
  expect(auditPolicyProblems({ ...cycle, rules: cycle }, '1.36')).not.toEqual([]);
  fc.assert(fc.property(fc.oneof(writtenPolicyArbitrary, fc.anything()), (document) => void auditPolicyProblems(document, '1.35')));
});

it('stops at rules with more combinations than can be tried', () => {
  const many = Array.from({ length: 300 }, (_, index) => `name-${index}`);
  const found = problems(append({ level: 'Request', users: many, userGroups: many }));
  expect(found).toEqual([expect.stringContaining(`rules[${END}] LOG-03 names too many users, groups and namespaces`)]);
});
