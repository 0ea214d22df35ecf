import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const BLUEPRINT = fs.readFileSync(path.join(ROOT, 'blueprint.yaml'), 'utf8');

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bad-input-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Everything under the folder: name, content, and when it was last written. */
function onDisk(): unknown {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((file) => ({ file, stat: fs.statSync(path.join(folder, file)) }))
    .map(({ file, stat }) => [file, stat.mtimeMs, stat.isFile() ? fs.readFileSync(path.join(folder, file), 'utf8') : '']);
}

it.each([
  ['an unknown key', (text: string) => `${text}ingres: {}\n`, /^✗ \S+:\d+:\d+ ingres: there is no such setting\./],
  ['a wrong type', (text: string) => `${text}without: tenants\n`, /^✗ \S+:\d+:\d+ without: "tenants" is of another type\. Write a list\./],
  [
    'an unknown minor',
    (text: string) => text.replace('"1.36"', '"1.34"'),
    /^✗ \S+:5:15 cluster\.kubernetes: "1\.34" is not allowed \(control UPG-01\)\. Allowed: "1\.35", "1\.36", "1\.37"\./,
  ],
  [
    'a duplicate name',
    (text: string) => text.replace('name: payments', 'name: shop'),
    /^✗ \S+:\d+:\d+ tenants\.1\.name: 'shop' is the name of a tenant already, at \S+:\d+:\d+ /,
  ],
])('ends with one clear error for %s, and changes nothing on disk', (_what, mistake, message) => {
  const bad = mistake(BLUEPRINT);
  expect(bad).not.toBe(BLUEPRINT);
  const file = path.join(folder, 'blueprint.yaml');
  fs.writeFileSync(file, bad);
  fs.mkdirSync(path.join(folder, 'dist/manifests'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'dist/manifests/good.yaml'), 'the last good output\n');
  const before = onDisk();
  const env = { ...process.env, CDK8S_OUTDIR: path.join(folder, 'dist/manifests') };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/main.mjs', '--blueprint', file], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  const [error, end, ...rest] = stderr.split('\n');
  expect(error).toMatch(message);
  expect([end, rest]).toEqual([`1 mistake in ${file}. Nothing was written.`, ['']]);
  expect(onDisk()).toEqual(before);
});
