import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readManifests } from '../../src/manifest';

const CONFIG = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-manifests-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
function write(files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), content);
  }
}

/** Names of the manifests in what is read, and what could not be read, without the folder. */
async function read(...names: string[]): Promise<{ names: string[]; problems: string[] }> {
  const { manifests, problems } = await readManifests(names.length > 0 ? names.map(at) : [folder]);
  return {
    names: manifests.map(({ object }) => object.metadata.name),
    problems: problems.map(({ file, line, message }) => `${path.relative(folder, file)}${line === undefined ? '' : `:${line}`} ${message}`),
  };
}

/** Runs a script with `readManifests` and `folder` in a process of its own; it gives what the script answers. */
function inProcess<T>(script: string): T {
  const prelude = `const { readManifests } = require(process.argv[1]); const folder = process.argv[2]; const answer = (value) => console.log(JSON.stringify(value));`;
  const args = ['--import', 'tsx', '-e', prelude + script, path.join(__dirname, '../../src/manifest'), folder];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: path.join(__dirname, '../..'), encoding: 'utf8' })) as T;
}

it('reads every .yaml, .yml and .json below a folder, in alphabetical order, and nothing else', async () => {
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'json' } });
  write({ 'b.yaml': CONFIG('b'), 'a/z.yml': CONFIG('z'), 'a/y.json': json, 'README.md': '# no', 'c.yaml.bak': 'no: [' });
  expect(await read()).toEqual({ names: ['json', 'z', 'b'], problems: [] });
});

it('reads a folder whose name ends like a file, and a file whose name ends in nothing', async () => {
  write({ 'x.yaml/in.yaml': CONFIG('in'), plain: CONFIG('plain') });
  expect(await read('x.yaml', 'plain')).toEqual({ names: ['in', 'plain'], problems: [] });
});

it('reads a file once, however often it is named', async () => {
  write({ 'a.yaml': CONFIG('a') });
  expect(await read('a.yaml', 'a.yaml', '.')).toEqual({ names: ['a'], problems: [] });
});

it('says of each file that cannot be read why, and reads the others', async () => {
  write({
    'binary.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
    'good.yaml': CONFIG('good'),
    'latin1.yaml': Buffer.from('name: caf\xe9', 'latin1'),
    'truncated.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": ',
    'values.yaml': 'replicas: 2\n',
  });
  const { names, problems } = await read();
  expect(names).toEqual(['good']);
  expect(problems).toEqual([
    expect.stringMatching(/^binary\.yaml it is not UTF-8 text, but binary data/),
    expect.stringMatching(/^latin1\.yaml it is not UTF-8 text\. Save it as UTF-8\.$/),
    expect.stringMatching(/^truncated\.json:1 Flow map in block collection must be/),
    'truncated.json:1 Flow map must end with a }.',
    expect.stringMatching(/^values\.yaml:1 it has no apiVersion/),
  ]);
});

it('says that a file, or a folder with manifests, is not there', async () => {
  fs.mkdirSync(at('empty'));
  expect((await read('none.yaml', 'empty')).problems).toEqual([
    'none.yaml there is no such file or folder, or it is a link that leads nowhere.',
    'empty the folder has no .yaml, .yml or .json file.',
  ]);
});

it('says that a file or a folder may not be read, and reads the others', () => {
  write({ 'a.yaml': CONFIG('a'), 'locked/b.yaml': CONFIG('b'), 'secret.yaml': CONFIG('secret') });
  fs.chmodSync(folder, 0o755);
  fs.chmodSync(at('locked'), 0o000);
  fs.chmodSync(at('secret.yaml'), 0o000);
  // Who may read everything, as in many containers, becomes somebody who may not.
  const result = inProcess<{ read: number; problems: unknown }>(`
    if (process.getuid() === 0) process.setuid(65534);
    readManifests([folder]).then(({ manifests, problems }) => answer({ read: manifests.length, problems }));`);
  fs.chmodSync(at('locked'), 0o755);
  const message = 'it may not be read by you. Change its permissions, or run this as somebody who may.';
  expect(result).toEqual({
    read: 1,
    problems: [
      { file: at('locked'), message },
      { file: at('secret.yaml'), message },
    ],
  });
});

it('follows links that stay in the folder, and reads what they lead to once, under its own name', async () => {
  write({ 'real/a.yaml': CONFIG('a'), 'data.txt': CONFIG('data') });
  fs.symlinkSync(at('real'), at('copy'));
  fs.symlinkSync(at('real/a.yaml'), at('again.yaml'));
  fs.symlinkSync(at('data.txt'), at('named.yaml'));
  const { manifests } = await readManifests([folder]);
  expect(manifests.map(({ origin }) => path.relative(folder, origin.source ?? ''))).toEqual(['real/a.yaml:1', 'named.yaml:1']);
});

it('does not follow a link in a circle, or out of the folder, and says so', async () => {
  write({ 'in/a.yaml': CONFIG('a'), 'out/secret.yaml': CONFIG('secret') });
  fs.symlinkSync(at('in'), at('in/up'));
  fs.symlinkSync('self.yaml', at('in/self.yaml'));
  fs.symlinkSync(at('out'), at('in/out'));
  fs.symlinkSync(at('out/secret.yaml'), at('in/secret.yaml'));
  fs.symlinkSync('/etc/hostname', at('in/no-manifest'));
  fs.symlinkSync('nowhere', at('in/dangling.yaml'));
  expect(await read('in')).toEqual({
    names: ['a'],
    problems: [
      'in/dangling.yaml there is no such file or folder, or it is a link that leads nowhere.',
      'in/out it is a link that leads out of the folder. Name what it leads to, if that is meant.',
      'in/secret.yaml it is a link that leads out of the folder. Name what it leads to, if that is meant.',
      'in/self.yaml it is a link that leads back to itself. Remove it.',
    ],
  });
});

it('refuses a line of 100 MB, and all that is too much for one run, within little memory', () => {
  write({ 'good.yaml': CONFIG('good'), 'huge.yaml': '' });
  fs.truncateSync(at('huge.yaml'), 100 * 1024 * 1024); // bytes that take no place on the disk
  const { megabytes, ...result } = inProcess<{ megabytes: number }>(`
    readManifests([folder]).then(({ manifests, problems }) => {
      // On Linux a process inherits maxRSS from the one that starts it.
      const peak = process.platform === 'linux' ? Number(/VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]) : process.resourceUsage().maxRSS;
      const megabytes = peak / 1024;
      answer({ read: manifests.length, problems, megabytes });
    });`);
  expect(result).toEqual({
    read: 1,
    problems: [{ file: at('huge.yaml'), message: expect.stringMatching(/^with it, more than 32 MiB would be read at once/) as string }],
  });
  expect(megabytes).toBeLessThan(300);
});

it('reads what a pipe gives, not only files', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const writing = fs.promises.writeFile(at('pipe'), CONFIG('piped'));
  expect(await read('pipe')).toEqual({ names: ['piped'], problems: [] });
  await writing;
});
