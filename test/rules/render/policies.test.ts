import {
  ADMISSION_LIMITS,
  admissionLimitProblems,
  CEL_RULES,
  celVariables,
  inController,
  lintPolicyCel,
  renderPolicies,
  VALID_POD,
} from '../../../src/rules';
import type { CelRule, CelVariable, MatchCondition, Validation } from '../../../src/rules';
import { waiverVariables } from '../../../src/rules/render/validations';
import { podSpecOf } from '../../../src/manifest';
import type { KubeObject } from '../../../src/manifest';
import { PlatformSettings } from '../../../src/settings';
import type { EnforcementSettings } from '../../../src/settings';
import { waiverKey } from '../../../src/waivers';
import type { WaivedKeys } from '../../../src/waivers';
import { contextOf, failuresOf } from '../../support/admission';
import { CONTROLLERS, expectations, findings, SETTINGS } from '../../support/rule-verdicts';
import { expectYaml } from '../../support/snapshot';

const NONE: WaivedKeys = new Map();

function render(enforcement: Partial<EnforcementSettings> = {}, rules: readonly CelRule[] = CEL_RULES, waived = NONE): KubeObject[] {
  const settings = PlatformSettings.from({ ...SETTINGS, enforcement: { exempt: { groups: ['platform'] }, ...enforcement } });
  return renderPolicies({ rules, settings, waived });
}

interface PolicySpec {
  readonly matchConditions: readonly MatchCondition[];
  readonly variables?: readonly CelVariable[];
  readonly validations: readonly Validation[];
}

const policies = (objects: readonly KubeObject[]) => objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
const specOf = (policy: KubeObject) => policy['spec'] as PolicySpec;
const namesOf = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);
const rule = (id: string): CelRule => CEL_RULES.find((candidate) => candidate.id === id) as CelRule;

/** The policies of one rule. */
const policiesOf = (one: CelRule, waived = NONE): KubeObject[] => policies(render({}, [one], waived));

/** What policies say to the creation of an object. */
const refusals = (by: readonly KubeObject[], object: KubeObject): string[] =>
  by.flatMap((policy) => failuresOf(policy, { operation: 'CREATE', object }));

it('looks like this: two rules about pods, one of them waived for a container, with its bindings', () => {
  const waived = new Map([['POD-09', ['data_agent_collector']]]);
  expectYaml('policy-pods', render({ namespaces: { gateway: 'warn' } }, [rule('privileged'), rule('default-service-account')], waived));
});

it('is nothing where the settings name no enforcement', () => {
  expect(renderPolicies({ rules: CEL_RULES, settings: SETTINGS, waived: NONE })).toEqual([]);
});

describe.each(CEL_RULES.map((one) => [one.id, one] as const))('%s', (_id, one) => {
  const rendered = policiesOf(one);

  it('has in the policy the text that is evaluated at synth', () => {
    const { object, container, unless = '' } = one.cel;
    for (const check of [object, container].filter((given) => given !== undefined)) {
      const validations = rendered.flatMap((policy) => specOf(policy).validations);
      expect(validations.some(({ expression }) => expression.includes(check.holds) && expression.includes(unless))).toBe(true);
    }
  });

  it('has the verdict of each example, as a Pod, in every controller and in every list of containers', () => {
    const wrong = expectations(one).filter(({ object, fails }) => refusals(rendered, object).length > 0 !== fails);
    expect(wrong.map(({ what }) => what)).toEqual([]);
  });

  it('says what a finding says: what is wrong, with which container, and what was found', () => {
    const silent = expectations(one)
      .filter(({ fails }) => fails)
      .flatMap(({ what, object }) => {
        const texts = refusals(rendered, object).join('\n');
        return findings(one, object)
          .flatMap(({ message, target }) => [one.message, target.container ?? '', /\((.*)\)$/.exec(message)?.[1] ?? ''])
          .filter((part) => !texts.includes(part))
          .map((part) => `${what}: ${part}`);
      });
    expect(silent).toEqual([]);
  });

  it('lets pass exactly what is waived: every finding of an object, and not all but one', () => {
    const control = one.controls.at(-1) as string;
    const wrong = expectations(one)
      .filter(({ object, fails }) => fails && (object.kind === 'CronJob' || !CONTROLLERS.includes(object.kind)))
      .flatMap(({ what, object }) => {
        const keys = [...new Set(findings(one, object).map(({ target }) => waiverKey(object, target.container)))];
        const passes = (waived: readonly string[]) => refusals(policiesOf(one, new Map([[control, waived]])), object).length === 0;
        return [
          ...(passes(keys) ? [] : [`${what} is refused although it is waived`]),
          ...keys.filter((left) => passes(keys.filter((key) => key !== left))).map((left) => `${what} passes without a waiver of ${left}`),
        ];
      });
    expect(wrong).toEqual([]);
  });
});

it('honours a waiver for its own control, namespace, service account and container only', () => {
  const pod = (spec: object, namespace = 'data') =>
    ({
      ...VALID_POD,
      metadata: { name: 'agent', namespace },
      spec: { ...VALID_POD['spec'], serviceAccountName: 'agent', ...spec },
    }) as KubeObject;
  const privileged = (name: string) => ({ ...VALID_POD['spec'].containers[0], name, securityContext: { privileged: true } }) as object;
  const waived = new Map([['POD-09', ['data_agent_collector']]]);
  const passes = (object: KubeObject, keys: WaivedKeys = waived) => refusals(policiesOf(rule('privileged'), keys), object).length === 0;
  expect(passes(pod({ containers: [privileged('collector')] }))).toBe(true);
  expect(passes(pod({ containers: [privileged('collector')] }), new Map([['POD-12', ['data_agent_collector']]]))).toBe(false);
  expect(passes(pod({ containers: [privileged('collector')] }, 'shop'))).toBe(false);
  expect(passes(pod({ containers: [privileged('collector')], serviceAccountName: 'other' }))).toBe(false);
  expect(refusals(policiesOf(rule('privileged'), waived), pod({ containers: [privileged('collector'), privileged('sidecar')] }))).toEqual([
    expect.stringContaining('runs privileged: sidecar (rule privileged, control POD-09)'),
  ]);
});

it('knows what is in the cluster by the key that the waiver has here', () => {
  const variables = [...celVariables(SETTINGS), ...waiverVariables(NONE)];
  const objects = CEL_RULES.flatMap((one) => [...one.cel.examples().pass, ...one.cel.examples().fail]).flatMap((object) =>
    object.kind === 'Pod' ? [object, ...CONTROLLERS.map((kind) => inController(object, kind))] : [object],
  );
  const keyOf = (object: KubeObject) => {
    const keys = contextOf({ operation: 'CREATE', object }, variables).variables as Record<string, unknown>;
    return podSpecOf(object) ? keys['podKey'] : keys['objectKey'];
  };
  expect(objects.length).toBeGreaterThan(500);
  expect(objects.filter((object) => keyOf(object) !== waiverKey(object)).map(({ kind }) => kind)).toEqual([]);
});

describe('every policy', () => {
  const waived = new Map([['POD-02', ['shop_web_', 'shop_web_main']]]);
  const all = policies(render({ rules: { 'image-digest': 'warn' } }, CEL_RULES, waived));

  it.each(all.map((policy) => [policy.metadata.name, specOf(policy)] as const))('%s keeps to the CEL subset', (_name, spec) => {
    const { matchConditions, variables = [], validations } = spec;
    const texts = [
      ...[...matchConditions, ...variables].map(({ expression }) => expression),
      ...validations.flatMap(({ expression, messageExpression = "''" }) => [expression, messageExpression]),
    ];
    expect(texts.flatMap(lintPolicyCel)).toEqual([]);
  });

  it('has the variables that it uses, each after those that it uses itself, and no others', () => {
    for (const policy of all) {
      const { variables = [], validations } = specOf(policy);
      const names = (text: string) => [...text.matchAll(/\bvariables\.(\w+)/g)].map((match) => match[1]);
      const text = JSON.stringify([variables, validations]);
      expect(new Set(names(text))).toEqual(new Set(variables.map(({ name }) => name)));
      variables.forEach(({ expression }, index) => {
        const earlier = variables.slice(0, index).map(({ name }) => name);
        expect(names(expression).filter((name) => !earlier.includes(name as string))).toEqual([]);
      });
    }
  });

  it('refuses what cannot be evaluated, and has messages of one line', () => {
    expect(all.map(({ spec }) => spec.failurePolicy as string).every((policy) => policy === 'Fail')).toBe(true);
    expect(all.flatMap((policy) => specOf(policy).validations).filter(({ message }) => message.includes('\n'))).toEqual([]);
  });

  it('is taken by the API server and by kubectl apply', () => expect(all.flatMap(admissionLimitProblems)).toEqual([]));
});

it('has a policy for each set of kinds, and one of their own for rules that go less far', () => {
  expect(namesOf(policies(render({ rules: { 'image-digest': 'warn', probes: 'audit' } })))).toEqual([
    'cdk8s-hardened-pods',
    'cdk8s-hardened-serviceaccounts',
    'cdk8s-hardened-pods-at-most-warn',
    'cdk8s-hardened-deployments-at-most-audit',
    'cdk8s-hardened-configmaps',
    'cdk8s-hardened-secrets-at-most-audit',
    'cdk8s-hardened-secrets',
    'cdk8s-hardened-services',
    'cdk8s-hardened-ingresses',
    'cdk8s-hardened-networkpolicies',
    'cdk8s-hardened-roles',
    'cdk8s-hardened-clusterroles',
    'cdk8s-hardened-rolebindings',
    'cdk8s-hardened-clusterrolebindings',
    'cdk8s-hardened-namespaces',
  ]);
});

it('is the same for the same input, byte by byte', () => {
  expect(JSON.stringify(render())).toBe(JSON.stringify(render()));
});

describe('what is too large', () => {
  const keys = (count: number) =>
    new Map([['POD-09', Array.from({ length: count }, (_, index) => `namespace-${index}_account_container`)]]);
  const problems = (count: number) => policies(render({}, [rule('privileged')], keys(count))).flatMap(admissionLimitProblems);

  it('is told with the policy, the part, the limit and what to do', () => {
    expect(problems(1000)).toEqual([]);
    expect(problems(3000)).toEqual([
      expect.stringMatching(
        /^ValidatingAdmissionPolicy cdk8s-hardened-pods: variable waivedPOD09 has \d+ characters, at most 100000 are taken\. Waivers are most/,
      ),
    ]);
    expect(problems(8000)).toEqual([
      expect.anything(),
      expect.stringMatching(/it has \d+ bytes, at most 262144 are taken by kubectl apply/),
    ]);
  });

  it('is also a list of match conditions', () => {
    const [policy] = policies(render({}, [rule('privileged')])) as [KubeObject];
    const matchConditions = Array.from({ length: ADMISSION_LIMITS.matchConditions + 1 }, () => ({ name: 'a', expression: 'true' }));
    expect(admissionLimitProblems({ ...policy, spec: { ...policy['spec'], matchConditions } as unknown })).toEqual([
      expect.stringContaining('it has 65 matchConditions, at most 64 are taken'),
    ]);
  });
});
