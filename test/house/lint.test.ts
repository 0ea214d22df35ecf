import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

const REFUSED = [
  ['src/manifest/names.ts', "export * from '../constructs';", 'boundaries/dependencies'],
  ['src/controls/control.ts', "export * from '../rules';", 'boundaries/dependencies'],
  ['src/synth/source.ts', "export * from '../constructs';", 'boundaries/dependencies'],
  ['src/constructs/metadata.ts', "export * from 'cdk8s-plus-27';", 'no-restricted-imports'],
  ['src/synth/source.ts', "export * from '@pulumi/kubernetes';", 'no-restricted-imports'],
  ['src/constructs/metadata.ts', 'export class Generic<T> { public constructor(public readonly value: T) {} }', 'no-restricted-syntax'],
  ['src/constructs/metadata.ts', 'export type Optional = { [K in "a"]?: string };', 'no-restricted-syntax'],
  ['test/house/lint.test.ts', "it.only('x', () => undefined);", 'no-restricted-syntax'],
] as const;

const ACCEPTED = [
  ['src/constructs/metadata.ts', "export * from '../manifest';"],
  ['src/constructs/kplus.ts', "export * from 'cdk8s-plus-27';"],
  ['src/synth/source.ts', "export * from '../assessment';"],
] as const;

// In a process of its own: ESLint loads its configuration as a module, which jest's sandbox does not allow.
const cases = JSON.stringify([...REFUSED, ...ACCEPTED].map(([file, line]) => [file, line]));
const script = path.join(__dirname, '../support/lint-lines.mjs');
const found = JSON.parse(
  execFileSync(process.execPath, [script], { input: cases, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }),
) as string[][];

it.each(REFUSED.map((given, index) => [...given, index] as const))('the lint refuses, in %s, %s', (_file, _line, rule, index) => {
  expect(found[index]).toContain(rule);
});

it.each(ACCEPTED.map((given, index) => [...given, REFUSED.length + index] as const))(
  'the lint accepts, in %s, %s',
  (_file, _line, index) => {
    expect(found[index]).toEqual([]);
  },
);
