import * as fs from 'node:fs';
import * as path from 'node:path';
import { controlOf } from '../../../src/controls';
import { NODE_FILE_RULES } from '../../../src/rules';
import { PlatformSettings, SUPPORTED_MINORS } from '../../../src/settings';
import type { Rule } from '../../../src/rules';
import { filesOf, SELF_MANAGED } from '../../control-plane/distributions/one-cluster';
import { findingsIn, nodeFiles } from '../../support/node-files';
import { NODE_FILE_CASES } from './cases';
import type { PassingHosts } from './cases';

function found(rule: Rule, { files, settings, manifests = [] }: PassingHosts): string[] {
  const input = {
    artifacts: { manifests, nodeFiles: files() },
    settings: PlatformSettings.from({ minor: '1.36', ...settings }),
    waivers: [],
  };
  return rule.check(input).map(({ controls, target, message, remedy }) => {
    expect(rule.controls).toEqual(expect.arrayContaining([...controls]));
    expect([remedy.length > 0, input.artifacts.nodeFiles.includes(target.nodeFile as never)]).toEqual([true, true]);
    return `${target.field ?? ''}: ${message}`;
  });
}

describe.each(NODE_FILE_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const cases = NODE_FILE_CASES.filter((candidate) => candidate.rule === id);
  const pass = cases.flatMap((one) => one.pass ?? []);
  const fail = cases.flatMap((one) => one.fail);

  it('lies in a file of its name, serves controls that exist, and has two cases that fail', () => {
    expect(fs.existsSync(path.join(__dirname, '../../../src/rules/node-file-rules', `${id}.ts`))).toBe(true);
    expect(rule.controls.map((control) => controlOf(control).id)).toEqual(rule.controls);
    expect(fail.length).toBeGreaterThanOrEqual(2);
  });

  it('has nothing to find in what this project makes for kubeadm, nor where there are no files', () => {
    expect(found(rule, { what: '', files: () => nodeFiles() })).toEqual([]);
    expect(found(rule, { what: '', files: () => [] })).toEqual([]);
  });

  if (pass.length > 0) {
    it.each(pass)('accepts $what', (one) => expect(found(rule, one)).toEqual([]));
  }

  it.each(fail)('finds $what', (one) => {
    const findings = found(rule, one);
    expect(findings.map((finding, index) => finding.slice(0, one.found[index]?.length))).toEqual(one.found);
  });
});

describe.each(SELF_MANAGED)('the whole baseline for %s', (distribution) => {
  it.each(SUPPORTED_MINORS)('has nothing to find in it on %s', (minor) => {
    expect(findingsIn(nodeFiles(minor, distribution), { distribution, minor })).toEqual([]);
  });

  it('has nothing to find in it with TLS 1.2 and its suites, and authorization by a file', () => {
    const access = { oidc: [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }], authorization: { form: 'file' as const } };
    const files = filesOf(distribution, { baseline: { access, nodes: { tls: { minVersion: '1.2' } } } });
    expect(findingsIn(files, { distribution })).toEqual([]);
  });

  it('has a finding in it when its audit policy, or a kubelet, is another', () => {
    const rules = (from: string, to: string): string[] => {
      const files = nodeFiles('1.36', distribution).map((file) => ({ ...file, content: file.content.replace(from, to) }));
      return [...new Set(findingsIn(files, { distribution }).map(({ rule }) => rule))];
    };
    expect(rules('level: Metadata', 'level: RequestResponse')).toEqual(['audit-policy']);
    expect(rules('podPidsLimit: 4096', 'podPidsLimit: -1')).toEqual(['kubelet-configuration']);
  });
});

it('has cases of rules that exist only', () => {
  expect(NODE_FILE_CASES.map(({ rule }) => rule).filter((id) => !NODE_FILE_RULES.some((rule) => rule.id === id))).toEqual([]);
});
