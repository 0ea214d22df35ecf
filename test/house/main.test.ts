import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const BLUEPRINT = fs.readFileSync(path.join(ROOT, 'blueprint.yaml'), 'utf8');

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'main-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Runs `src/main.ts` as `npm run synth` does, with this blueprint and an output folder of its own. */
function run(blueprint: string, args: string[] = []) {
  const file = path.join(folder, 'blueprint.yaml');
  fs.writeFileSync(file, blueprint);
  const outdir = path.join(folder, 'dist/manifests');
  const env = { ...process.env, CDK8S_OUTDIR: outdir };
  const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/main.mjs', '--blueprint', file, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  return { status, stderr, stdout };
}

function snapshot(): string {
  const files = fs
    .readdirSync(path.join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, 'dist', file)).isFile());
  return JSON.stringify(files.sort().map((file) => [file, fs.readFileSync(path.join(folder, 'dist', file), 'utf8')]));
}

it('writes the same bytes twice, and changes none when a later run fails', () => {
  expect(run(BLUEPRINT)).toEqual({ status: 0, stderr: '', stdout: '' });
  const good = snapshot();
  expect(run(BLUEPRINT).status).toBe(0);
  expect(snapshot()).toBe(good);
  const { status, stderr } = run(`${BLUEPRINT}tenant: []\n`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/blueprint\.yaml:\d+:\d+ [\s\S]*1 mistake in .*\. Nothing was written\.\n$/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(snapshot()).toBe(good);
});

it('judges waivers by --as-of, and refuses a day that is none', () => {
  const waived =
    BLUEPRINT.replace(/^kubeSystem.*$/m, '') +
    'waivers: [{ control: POD-12, target: shop/agent, reason: r, owner: o, expires: 2027-01-31 }]\n';
  expect(run(waived, ['--as-of', '2027-01-01']).stderr).toMatch(/waiver of POD-12 for shop\/agent: no finding matches it/);
  expect(run(BLUEPRINT, ['--as-of', 'tomorrow'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('--as-of tomorrow is not a day') as string,
  });
});

it('leaves nothing partial when it fails under `cdk8s synth`, which empties the folder first', () => {
  const blueprint = path.join(folder, 'blueprint.yaml');
  fs.writeFileSync(blueprint, `${BLUEPRINT}tenant: []\n`);
  const outdir = path.join(folder, 'dist/manifests');
  fs.mkdirSync(outdir, { recursive: true });
  fs.writeFileSync(path.join(outdir, 'old.yaml'), 'a: 1\n');
  const args = ['synth', '--check-upgrade=false', '--output', outdir, '--app', `node scripts/main.mjs --blueprint ${blueprint}`];
  const { status, stderr, stdout } = spawnSync(path.join(ROOT, 'node_modules/.bin/cdk8s'), args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr + stdout).toContain("Did you mean 'tenants'?");
  expect(fs.existsSync(outdir) ? fs.readdirSync(outdir) : []).toEqual([]);
});
