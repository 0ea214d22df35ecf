import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { writeFiles } from '../../src/manifest';
import { rounds } from '../support/rounds';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'write-'))));
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const INDEX = '.index.json';
const write = (files: Record<string, string>) => writeFiles({ root, files: new Map(Object.entries(files)), index: INDEX });
const listing = () =>
  fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(root, file)).isFile() && file !== INDEX)
    .sort();

it('writes every file, and removes what only the last run wrote', () => {
  write({ 'a/one.yaml': '1', 'b/two.yaml': '2' });
  fs.writeFileSync(path.join(root, 'a', 'mine.txt'), 'kept');
  write({ 'a/one.yaml': '1+' });
  expect(listing()).toEqual(['a/mine.txt', 'a/one.yaml']);
  expect(fs.readFileSync(path.join(root, 'a/one.yaml'), 'utf8')).toBe('1+');
  expect(fs.existsSync(path.join(root, 'b'))).toBe(false);
});

it('leaves a file alone that has its content already', () => {
  write({ 'one.yaml': '1' });
  const before = fs.statSync(path.join(root, 'one.yaml')).ino;
  write({ 'one.yaml': '1', 'two.yaml': '2' });
  expect(fs.statSync(path.join(root, 'one.yaml')).ino).toBe(before);
});

it.each(['../out.yaml', '/etc/out.yaml', 'a/../../out.yaml', '.'])('refuses the path %s before it writes anything', (name) => {
  expect(() => write({ 'one.yaml': '1', [name]: 'x' })).toThrow(/leads out of/);
  expect(listing()).toEqual([]);
});

it('refuses an index that leads out of the folder, and deletes nothing', () => {
  const outside = path.join(root, '..', `${path.basename(root)}-outside`);
  fs.writeFileSync(outside, 'precious');
  fs.writeFileSync(path.join(root, INDEX), JSON.stringify([`../${path.basename(outside)}`]));
  expect(() => write({ 'one.yaml': '1' })).toThrow(/leads out of/);
  expect(fs.readFileSync(outside, 'utf8')).toBe('precious');
  fs.rmSync(outside);
});

it('says what is wrong with an index that is not its own', () => {
  fs.writeFileSync(path.join(root, INDEX), '{"a": 1}');
  expect(() => write({ 'one.yaml': '1' })).toThrow(/is not the list of written files/);
});

it('does not write through a link that lies where its temporary file goes', () => {
  const victim = path.join(root, 'victim');
  fs.writeFileSync(victim, 'precious');
  fs.symlinkSync(victim, path.join(root, 'one.yaml.cdk8s-hardened-tmp'));
  write({ 'one.yaml': '1' });
  expect(fs.readFileSync(victim, 'utf8')).toBe('precious');
  expect(fs.readFileSync(path.join(root, 'one.yaml'), 'utf8')).toBe('1');
});

it('leaves no half-written file however often it is killed, and the next run cleans up', async () => {
  for (let round = 0; round < rounds(8); round += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, '../support/kill-me.ts'), root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, 30 + 23 * round));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const whole = listing().filter((file) => file.endsWith('.yaml'));
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.filter((file) => !fs.readFileSync(path.join(root, file), 'utf8').endsWith('end\n'))).toEqual([]);
  }
  write({ 'manifests/last.yaml': 'end\n' });
  expect(listing()).toEqual(['manifests/last.yaml']);
}, 30_000);
