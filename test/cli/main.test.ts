import { spawn, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { VALID_POD } from '../../src/rules';

const ROOT = path.join(__dirname, '../..');
const MAIN = ['--import', 'tsx', 'src/cli/main.ts'];

function cli(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...MAIN, ...args], { cwd: ROOT, input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('checks what Helm writes to the standard input', () => {
  const helm = `---\n# Source: shop/templates/web.yaml\n${stringify({ ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), hostPID: true } })}---\n`;
  const { status, stdout, stderr } = cli(['check', '-'], helm);
  expect(stdout).toMatch(/^✗ Pod shop\/web: shares a namespace of the host[\s\S]* {4}where {4}stdin:3 → shop\/templates\/web\.yaml\n/);
  expect([status, stderr]).toEqual([1, '1 object as of Kubernetes 1.35, 1 finding (1 critical), 0 waived\n']);
});

it('ends with code 0 when it was asked for help', () => {
  expect(cli(['check', '--help'])).toMatchObject({ status: 0, stderr: '' });
});

it.each<[string[], RegExp]>([
  [['chekc'], /unknown command 'chekc'\n\(Did you mean check\?\)/],
  [['check', 'x', '--blueprint', 'none.yaml'], /^none\.yaml: there is no such file\. Run this in the folder that has it/],
])('ends with code 2 and says why: %j', (args, message) => {
  const { status, stdout, stderr } = cli(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it('ends quietly when the reader of its output goes away', async () => {
  const child = spawn(process.execPath, [...MAIN, 'check', 'test/support/included-cron-job.yaml', '--format', 'sarif'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const status = await new Promise((resolve) => child.once('exit', resolve));
  expect(stderr).toMatch(/^1 object as of Kubernetes 1\.35, \d+ findings? .*\n$/);
  expect(status).toBe(1);
});
