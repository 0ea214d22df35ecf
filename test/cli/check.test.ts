import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { check } from '../../src/cli/check';
import type { CheckOptions } from '../../src/cli/check';
import { coloured } from '../../src/cli/coloured';
import { TWO_FINDINGS, WAIVER } from '../support/check-report';

let folder: string;
let shown: { stdout: string; stderr: string };
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'check-'));
  shown = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      shown[stream] += String(text);
      return true;
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const at = (name: string) => path.join(folder, name);
const [FINDINGS = '', NONE = ''] = [
  TWO_FINDINGS.replace(/---\nkind: \[\n$/, ''),
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
];

async function run(text: string, options: Partial<CheckOptions> = {}): Promise<number> {
  fs.writeFileSync(at('web.yaml'), text);
  return check([at('web.yaml')], { format: 'text', failOn: 'low', asOf: '2027-01-01', ...options });
}

it.each<[string, number, string, Partial<CheckOptions>]>([
  ['there is no finding', 0, NONE, {}],
  ['there are findings', 1, FINDINGS, {}],
  ['all findings are below the severity that fails', 0, FINDINGS, { failOn: 'critical' }],
  ['a finding has that severity', 1, FINDINGS, { failOn: 'high' }],
  ['something could not be read', 2, 'kind: [', {}],
  ['something could not be read and there are findings', 2, TWO_FINDINGS, {}],
  ['something could not be read, whatever fails', 2, TWO_FINDINGS, { failOn: 'critical' }],
  ['there is no object at all', 2, '---\n# helm has failed\n', {}],
])('when %s the exit code is %d', async (_when, code, text, options) => {
  expect(await run(text, options)).toBe(code);
});

it.each(['text', 'json', 'sarif', 'junit'] as const)('writes %s to the standard output, and the summary beside it', async (format) => {
  expect(await run(FINDINGS, { format, failOn: 'critical' })).toBe(0);
  expect(shown.stdout).toContain('grants access to every Secret');
  expect(shown.stdout).not.toContain('3 objects');
  expect(shown.stderr).toBe(
    '3 objects as of Kubernetes 1.35, 2 findings (1 high, 1 medium), 0 waived; findings below critical do not fail\n',
  );
});

it('writes the result to a file and nothing to the standard output', async () => {
  await run(FINDINGS, { format: 'json', output: at('out/check.json') });
  expect(shown.stdout).toBe('');
  expect(JSON.parse(fs.readFileSync(at('out/check.json'), 'utf8'))).toMatchObject({ summary: { findings: 2 } });
  expect(fs.readdirSync(at('out'))).toEqual(['check.json']);
});

it('judges by the settings of a blueprint, and accepts what its waivers do, without calling others unused', async () => {
  const text = fs.readFileSync(path.join(__dirname, '../../blueprint.yaml'), 'utf8');
  const unused = `{ control: POD-12, target: shop/elsewhere, reason: r, owner: o, expires: 2027-03-31 }`;
  fs.writeFileSync(at('blueprint.yaml'), `${text}\nwaivers: [${JSON.stringify(WAIVER)}, ${unused}]\n`);
  const options: Partial<CheckOptions> = { format: 'json', blueprint: at('blueprint.yaml') };
  expect(await run(FINDINGS, options)).toBe(1);
  expect(JSON.parse(shown.stdout)).toMatchObject({
    kubernetes: '1.36',
    findings: [{ rule: 'rbac-secrets' }],
    waived: [{ rule: 'service-account-automount' }],
    waiverProblems: [],
  });
  shown.stdout = '';
  await run(FINDINGS, { ...options, minor: '1.37', asOf: '2027-04-01' });
  expect(JSON.parse(shown.stdout)).toMatchObject({
    kubernetes: '1.37',
    waived: [],
    waiverProblems: [{ message: 'it expired on 2027-03-31 (judged as of 2027-04-01)' }],
  });
});

it('refuses a blueprint that has a mistake, before it reads anything', async () => {
  fs.writeFileSync(at('blueprint.yaml'), 'tenant: []\n');
  await expect(run(FINDINGS, { blueprint: at('blueprint.yaml') })).rejects.toThrow(/blueprint\.yaml:1:9 tenant: there is no such setting/);
  expect(shown).toEqual({ stdout: '', stderr: '' });
});

it('colours the text for a terminal that has colours, and nothing else', () => {
  const [text, terminal] = ['✗ Role shop/x: y\n    mend     z\n', { isTTY: true, hasColors: () => true }];
  expect(coloured(text, terminal)).toBe('\u001b[31m✗ Role shop/x: y\u001b[39m\n\u001b[2m    mend \u001b[22m    z\n');
  expect(coloured(text, { ...terminal, hasColors: () => false })).toBe(text);
  expect(coloured(text, {})).toBe(text);
});
