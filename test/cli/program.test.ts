import * as fs from 'node:fs';
import * as path from 'node:path';
import { program } from '../../src/cli/program';

let shown = '';
beforeEach(() => {
  shown = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      shown += String(text);
      return true;
    });
  }
});
afterEach(() => jest.restoreAllMocks());

it.each<[string[], RegExp]>([
  [[], /^Usage: cdk8s-hardened \[options\] \[command\]/],
  [['check'], /missing required argument 'paths'/],
  [['check', 'x', '--format', 'xml'], /Allowed choices are text, json, sarif, junit/],
  [['check', 'x', '--fail-on', 'severe'], /Allowed choices are low, medium, high, critical/],
  [['check', 'x', '--minor', '1.20'], /Allowed choices are 1\.35, 1\.36, 1\.37/],
  [['check', 'x', '--as-of', 'tomorrow'], /Write a day as YYYY-MM-DD/],
  [['diff'], /missing required argument 'before'/],
  [['diff', 'a', 'b', '--format', 'sarif'], /Allowed choices are text, json, markdown/],
  [['check', 'x', '--outptu', 'y'], /unknown option '--outptu'\n\(Did you mean --output\?\)/],
])('refuses %j, and says what can be typed', async (args, message) => {
  await expect(program().parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
  expect(shown).toMatch(message);
});

it('shows what can be typed, with examples and the exit codes', async () => {
  await expect(program().parseAsync(['check', '--help'], { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
  expect(shown).toContain('helm template shop ./chart | cdk8s-hardened check -');
  expect(shown).toContain('Exit code: 0 nothing fails, 1 findings, 2 something could not be read');
});

it('says its version', async () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  await expect(program().parseAsync(['--version'], { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
  expect(shown).toBe(`${version}\n`);
});
