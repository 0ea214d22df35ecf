import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runInEngine } from '../../support/pulumi-engine';

const ROOT = path.join(__dirname, '../../..');
let project: string;

// A project that depends on the built package, as a user has it.
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-hardened-package-'));
  const home = path.join(project, 'node_modules/cdk8s-hardened');
  const run = (script: string, ...args: string[]) => execFileSync(process.execPath, [path.join(ROOT, script), ...args], { cwd: ROOT });
  fs.mkdirSync(home, { recursive: true });
  fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(home, 'package.json'));
  for (const name of fs.readdirSync(path.join(ROOT, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
    fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(project, 'node_modules', name));
  }
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', path.join(home, 'lib'));
  run('scripts/commonjs-cel.mjs', path.join(home, 'lib'));
  run('scripts/esm-wrapper.mjs', path.join(home, 'lib'));
}, 60_000);

afterAll(() => fs.rmSync(project, { recursive: true }));

const USE = 'const app = new HardenedApp(); process.stdout.write(typeof HardenedDeployment + app.settings.minor);';

it.each([
  ['require', 'use.cjs', `const { HardenedApp, HardenedDeployment } = require('cdk8s-hardened'); ${USE}`, []],
  ['import', 'use.mjs', `import { HardenedApp, HardenedDeployment } from 'cdk8s-hardened'; ${USE}`, []],
  ['tsx', 'use.ts', `import { HardenedApp, HardenedDeployment } from 'cdk8s-hardened'; ${USE}`, ['--import', 'tsx']],
])('the built package loads by %s', (_how, file, source, flags) => {
  fs.writeFileSync(path.join(project, file), source);
  expect(execFileSync(process.execPath, [...flags, file], { cwd: project, encoding: 'utf8' })).toBe('function1.35');
});

it('the library loads nothing of Pulumi', () => {
  const source =
    "require('cdk8s-hardened'); process.stdout.write(String(Object.keys(require.cache).filter((file) => /@pulumi/.test(file)).length));";
  expect(execFileSync(process.execPath, ['-e', source], { cwd: project, encoding: 'utf8' })).toBe('0');
});

it.each([
  [
    'require',
    'pulumi.cjs',
    "const { hardenedProgram, register } = require('cdk8s-hardened/pulumi'); const { hardenedPolicies } = require('cdk8s-hardened/policy');",
  ],
  [
    'import',
    'pulumi.mjs',
    "import { hardenedProgram, register } from 'cdk8s-hardened/pulumi'; import { hardenedPolicies } from 'cdk8s-hardened/policy';",
  ],
])('the built package has its part for Pulumi by %s', (_how, file, source) => {
  fs.writeFileSync(
    path.join(project, file),
    `${source}\nprocess.stdout.write(typeof hardenedProgram + typeof register + (hardenedPolicies().length > 50));`,
  );
  expect(execFileSync(process.execPath, [file], { cwd: project, encoding: 'utf8' })).toBe('functionfunctiontrue');
});

it('the built package is a program for Pulumi', async () => {
  const main = path.join(project, 'node_modules/cdk8s-hardened/lib/pulumi/main.js');
  const { status, errors, outputs } = await runInEngine(main, { config: { 'cdk8s-hardened:checkCluster': 'false' } });
  expect({ status, errors, outputs }).toMatchObject({ status: 0, errors: [], outputs: { posture: { cluster: 'shop-prod' } } });
}, 60_000);

const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');
const JUDGE =
  "it('judges', () => { expect([VALID_POD]).toBeHardened(); expect([{ ...VALID_POD, spec: { hostPID: true } }]).not.toBeHardened(); });";

it.each([
  ['require', 'use.test.cjs', "require('cdk8s-hardened/testing'); const { VALID_POD } = require('cdk8s-hardened');", []],
  [
    'import',
    'use.test.mjs',
    "import 'cdk8s-hardened/testing'; import { expect, it } from '@jest/globals'; import { VALID_POD } from 'cdk8s-hardened';",
    ['--experimental-vm-modules'],
  ],
])('jest has the matcher of the built package by %s, without being configured for it', (_how, file, source, flags) => {
  fs.writeFileSync(path.join(project, file), `${source}\n${JUDGE}\n`);
  const config = JSON.stringify({ testMatch: [`**/${file}`], rootDir: project });
  const { status, stderr } = spawnSync(process.execPath, [...flags, JEST, '--config', config], { cwd: project, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/Tests: +1 passed, 1 total/)]);
});

it('says, where no jest runs, that the matcher is for jest', () => {
  const { stderr } = spawnSync(process.execPath, ['-e', "require('cdk8s-hardened/testing')"], { cwd: project, encoding: 'utf8' });
  expect(stderr).toContain('Error: cdk8s-hardened/testing adds a matcher to jest, so it can only be imported where jest runs a test.');
});

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { hostPID: true }\n';

it('the built package has the command line, which starts as npm starts it', () => {
  const { bin } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  const program = path.join(project, 'node_modules/cdk8s-hardened', bin['cdk8s-hardened'] as string);
  expect(fs.readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  fs.chmodSync(program, 0o755); // as npm does when it installs
  fs.symlinkSync(program, path.join(project, 'cdk8s-hardened'));
  for (const format of ['text', 'json', 'sarif', 'junit']) {
    const args = ['check', '-', '--format', format, '--blueprint', path.join(ROOT, 'blueprint.yaml')];
    const { status, stdout } = spawnSync(path.join(project, 'cdk8s-hardened'), args, { cwd: project, input: POD, encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, expect.stringContaining('shares a namespace of the host')]);
  }
});

it('cdk8s synth runs the plugin of the built package, and fails for what a plain app makes', () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const installed = path.join(project, 'plugins/cdk8s-hardened', version, 'node_modules'); // where cdk8s-cli installs what it does not find
  fs.mkdirSync(installed, { recursive: true });
  fs.symlinkSync(path.join(project, 'node_modules/cdk8s-hardened'), path.join(installed, 'cdk8s-hardened'));
  const plugin = { package: 'cdk8s-hardened', version, class: 'HardenedValidation', properties: { minor: '1.36' } };
  const config = {
    language: 'typescript',
    app: 'node app.cjs',
    output: 'dist',
    pluginsDirectory: path.join(project, 'plugins'),
    validations: [plugin],
  };
  fs.writeFileSync(path.join(project, 'cdk8s.yaml'), JSON.stringify(config));
  fs.writeFileSync(
    path.join(project, 'app.cjs'),
    `const { ApiObject, App, Chart } = require('cdk8s');
     const app = new App();
     new ApiObject(new Chart(app, 'shop'), 'agent', { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop' }, spec: { hostPID: true } });
     app.synth();`,
  );
  const cdk8s = path.join(ROOT, 'node_modules/.bin/cdk8s');
  const { status, stdout } = spawnSync(cdk8s, ['synth', '--check-upgrade=false'], { cwd: project, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stdout).toMatch(/host-namespaces \(1 occurrences\)[\s\S]*Construct Path: shop\/agent[\s\S]*Recommendation: POD-10 /);
}, 30_000);

it('the built package has types for those who use it', () => {
  const file = path.join(project, 'typed.ts');
  fs.writeFileSync(
    file,
    "import { HardenedApp, HardenedDeployment, IsolatedNamespace, Peer, Probes } from 'cdk8s-hardened';\n" +
      "const shop = new IsolatedNamespace(new HardenedApp(), 'shop', { owner: 'o' });\n" +
      "new HardenedDeployment(shop, 'web', { image: 'x', port: 1, probes: Probes.tcp() }).allowFrom(Peer.ingress()).addContainer({ image: 'y' });\n" +
      "import 'cdk8s-hardened/testing';\nimport { expect as imported } from '@jest/globals';\n" +
      'expect(shop).toBeHardened();\nimported(shop).not.toBeHardened({ settings: { minor: "1.36" }, waivers: [] });\n',
  );
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node20', '--target', 'es2022', '--types', 'node,jest'];
  const run = () =>
    execFileSync(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, file], {
      cwd: project,
      encoding: 'utf8',
    });
  expect(run()).toBe('');
  fs.appendFileSync(file, "new HardenedDeployment(shop, 'bad', { port: 'http' });\n");
  expect(run).toThrow();
}, 30_000);

it('has a lock file that names no host, and runs nothing at install', () => {
  expect(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
  expect(fs.readFileSync(path.join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});
