import * as fs from 'node:fs';
import * as path from 'node:path';
import { controlOf } from '../../src/controls';
import { nameOf } from '../../src/manifest';
import { ARTIFACTS_RULES } from '../../src/rules';
import type { Rule } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import { Waiver } from '../../src/waivers';
import { shop } from '../support/shop';
import { ACCESS_CASES } from './cases/access';
import { NAMESPACE_CASES } from './cases/namespaces';
import { NETWORK_CASES } from './cases/network';
import { REFERENCE_CASES } from './cases/references';
import type { PassingCase } from './cases/rule-cases';
import { SECRET_CASES } from './cases/secrets';
import { WAIVER_CASES } from './cases/waivers';

const CASES = [...NAMESPACE_CASES, ...NETWORK_CASES, ...REFERENCE_CASES, ...ACCESS_CASES, ...WAIVER_CASES, ...SECRET_CASES];

/** `Kind namespace/name container: what was found` of each finding. */
function found(rule: Rule, { objects, settings: props }: PassingCase): string[] {
  const artifacts = { manifests: objects.map((object) => ({ object, origin: {} })), nodeFiles: [] };
  const settings = PlatformSettings.from(props);
  const waivers = settings.waivers.map((waiver) => Waiver.from(waiver));
  return rule.check({ artifacts, settings, waivers }).map(({ target, message }) => {
    const where = [target.object?.kind, target.object && nameOf(target.object), target.container].filter(Boolean).join(' ');
    expect(message.startsWith(`${rule.message} (`)).toBe(true);
    return `${where}: ${message.slice(rule.message.length + 2, -1)}`;
  });
}

describe.each(ARTIFACTS_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const cases = CASES.filter((candidate) => candidate.rule === id);
  const pass = cases.flatMap((one) => one.pass);
  const fail = cases.flatMap((one) => one.fail);

  it('lies in a file of its name, serves controls that exist, and has a case that passes and two that fail', () => {
    expect(fs.existsSync(path.join(__dirname, '../../src/rules', `${id}.ts`))).toBe(true);
    expect(rule.controls.map((control) => controlOf(control).id)).toEqual(rule.controls);
    expect([pass.length >= 1, fail.length >= 2]).toEqual([true, true]);
  });

  it.each(pass)('accepts $what', (one) => expect(found(rule, one)).toEqual([]));

  it.each(fail)('finds $what', (one) => expect(found(rule, one)).toEqual(one.found));

  it('has nothing to find in a sound namespace, nor where there is nothing', () => {
    expect(found(rule, { what: '', objects: shop() })).toEqual([]);
    expect(found(rule, { what: '', objects: [] })).toEqual([]);
  });
});

it('has cases of rules that exist only', () => {
  expect(CASES.map(({ rule }) => rule).filter((id) => !ARTIFACTS_RULES.some((rule) => rule.id === id))).toEqual([]);
});
