import * as fs from 'node:fs';
import * as path from 'node:path';
import { controlOf } from '../../src/controls';
import { celVariables, lintCel, RULES, VALID_POD } from '../../src/rules';
import { celType } from '../../src/rules/cel/environment';
import { validationsOf } from '../../src/rules/render/validations';
import type { KubeObject } from '../../src/manifest';
import { PlatformSettings } from '../../src/settings';
import { ALL_CEL_RULES, mutantsOf, mutantsOfVariable, withVariable } from '../support/cel-mutants';
import { expectations, findings, SETTINGS, wrongVerdicts } from '../support/rule-verdicts';

/** Changes that no example can show, each with the reason. */
const SURVIVORS: Readonly<Record<string, readonly string[]>> = {
  // The API server refuses a Windows pod with capabilities before any policy sees it; the rule says what Pod Security says.
  'capabilities-add': ['no unless'],
  // What depends on the settings: the examples are judged on one platform, other platforms by a test of their own below.
  'user-namespace': ['unless: dropped !variables.userNamespaces in !variables.userNamespaces || variables.windows'],
  'image-registry': [
    'object.holds: dropped variables.registries.size() == 0 in variables.registries.size() == 0 || variables.volumes.all(v, !has(v.image) || variables.registries.exists(r, string(v.image.?reference.orValue("")).startsWith(r)))',
    'container.holds: dropped variables.registries.size() == 0 in variables.registries.size() == 0 || variables.registries.exists(r, c.?image.orValue("").startsWith(r))',
  ],
  // Only the API server has `rules: null`; here nulls are dropped before the expression is asked.
  roleRules: ['dropped object.rules != null in has(object.rules) && object.rules != null'],
};

describe.each(ALL_CEL_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { pass, fail } = rule.cel.examples();

  it('lies in a file of its name and serves controls that exist', () => {
    expect(fs.existsSync(path.join(__dirname, '../../src/rules', `${id}.ts`))).toBe(true);
    expect(rule.controls.map((control) => controlOf(control).id)).toEqual(rule.controls);
  });

  it('keeps to the CEL subset that is proven to mean the same in the API server', () => {
    const { unless, object, container } = rule.cel;
    const expressions = [unless, object?.holds, object?.found, container?.holds, container?.found].filter((text) => text !== undefined);
    expect(expressions.flatMap(lintCel)).toEqual([]);
  });

  it('is a bool as a policy without waivers, whatever the object holds: the API server refuses any other', () => {
    const conditions = validationsOf(rule, new Map()).map(({ expression }) => expression);
    expect(conditions.filter((text) => celType(text, 'policy') !== 'bool')).toEqual([]);
  });

  it('has at least one good and two bad examples, and says of the bad ones what is wrong', () => {
    expect([pass.length >= 1, fail.length >= 2]).toEqual([true, true]);
    const messages = fail.map((object) => findings(rule, object).map(({ message }) => message));
    expect(messages.filter((texts) => !texts.some((text) => text.includes(rule.message)))).toEqual([]);
  });

  it('gives the verdict of each example: as it is, in every controller, and in every list of containers', () => {
    expect(wrongVerdicts(rule)).toEqual([]);
  });

  it('has examples that notice every change of its expressions', () => {
    const meant = expectations(rule);
    const survivors = mutantsOf(rule)
      .filter((mutant) => wrongVerdicts(mutant.rule, meant).length === 0)
      .map(({ change }) => change);
    expect(survivors).toEqual(SURVIVORS[id] ?? []);
  });
});

/** Literals made from the settings, and lists of containers, which `mutantsOf` narrows. */
const NOT_MUTATED = [
  'registries',
  'safeSysctls',
  'podSecurityVersion',
  'userNamespaces',
  'appContainers',
  'boundedContainers',
  'containers',
];

describe.each(celVariables(SETTINGS).filter(({ name }) => !NOT_MUTATED.includes(name)))('the variable $name', (variable) => {
  const users = ALL_CEL_RULES.map((rule) => ({ rule, meant: expectations(rule) }));

  it('is used in rules whose examples notice every change of it', () => {
    const survivors = mutantsOfVariable(variable)
      .filter(({ result }) =>
        users.every(({ rule, meant }) => {
          const mutant = withVariable(rule, celVariables(SETTINGS), { ...variable, expression: result });
          return mutant === undefined || wrongVerdicts(mutant, meant).length === 0;
        }),
      )
      .map(({ change }) => change);
    expect(survivors).toEqual(SURVIVORS[variable.name] ?? []);
  });
});

it('asks for no registry and no user namespace where the settings name none', () => {
  const plain = ALL_CEL_RULES.filter(({ id }) => ['user-namespace', 'image-registry'].includes(id));
  const objects = plain.flatMap((rule) => rule.cel.examples().fail);
  const manifests = objects.map((object) => ({ object, origin: {} }));
  const found = plain.flatMap((rule) =>
    rule.check({ artifacts: { manifests, nodeFiles: [] }, settings: PlatformSettings.from(), waivers: [] }),
  );
  expect([objects.length > 2, found]).toEqual([true, []]);
});

it('has no finding on the pod that the examples start from', () => {
  expect(RULES.flatMap((rule) => findings(rule, VALID_POD))).toEqual([]);
});

it('has rules with different ids', () => {
  expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
});

it('has shared variables inside the CEL subset', () => {
  expect(celVariables(SETTINGS).flatMap(({ expression }) => lintCel(expression))).toEqual([]);
});

it('reports a field of the wrong type as a finding, not as an exception', () => {
  const pod = { ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), containers: 'none' } } as KubeObject;
  const messages = RULES.flatMap((rule) => findings(rule, pod)).map((finding) => finding.message);
  expect(messages.some((message) => message.includes('wrong type'))).toBe(true);
});
