import * as fs from 'node:fs';
import * as path from 'node:path';
import { controlOf } from '../../src/controls';
import { CEL_RULES, celVariables, inController, lintCel, RULES, VALID_POD } from '../../src/rules';
import type { Finding, Rule } from '../../src/rules';
import type { KubeObject } from '../../src/manifest';
import { PlatformSettings } from '../../src/settings';

const SETTINGS = PlatformSettings.from({ registries: ['registry.example.com/', 'registry.example.com:5000/'] });
const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

function findings(rule: Rule, ...objects: KubeObject[]): readonly Finding[] {
  const manifests = objects.map((object) => ({ object, origin: {} }));
  return rule.check({ artifacts: { manifests, nodeFiles: [] }, settings: SETTINGS });
}

const named = CEL_RULES.map((rule) => [rule.id, rule] as const);

describe.each(named)('%s', (id, rule) => {
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

  it('holds on each of its good examples', () => {
    expect(pass.length).toBeGreaterThan(0);
    expect(pass.flatMap((object) => findings(rule, object))).toEqual([]);
  });

  it('fails on each of its bad examples, and says so without an evaluation error', () => {
    expect(fail.length).toBeGreaterThan(0);
    for (const object of fail) {
      const messages = findings(rule, object).map((finding) => finding.message);
      expect({ object, messages }).toEqual({
        object,
        messages: expect.arrayContaining([expect.stringContaining(rule.message)]) as unknown,
      });
      expect(messages.join()).not.toContain('wrong type');
    }
  });
});

describe.each(named.filter(([, rule]) => rule.cel.match.some(({ kind }) => kind === 'Pod')))('%s inside a controller', (_id, rule) => {
  it.each(CONTROLLERS)('gives the same verdicts in a %s', (kind) => {
    const { pass, fail } = rule.cel.examples();
    expect(pass.filter((pod) => findings(rule, inController(pod, kind)).length > 0)).toEqual([]);
    expect(fail.filter((pod) => findings(rule, inController(pod, kind)).length === 0)).toEqual([]);
  });
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
