import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readNodeFiles } from '../../src/manifest';

const ENTRY = { role: 'worker', path: '/etc/a', mode: '0600', owner: 'root:root' };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nodes-'));
  fs.mkdirSync(path.join(folder, 'worker/etc'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'worker/etc/a'), 'content\n');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function index(content: unknown): void {
  fs.writeFileSync(path.join(folder, 'index.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

it('reads what synth has written', () => {
  index([ENTRY]);
  expect(readNodeFiles(folder)).toEqual([{ ...ENTRY, content: 'content\n' }]);
});

it.each<[string, unknown, RegExp]>([
  ['no index', undefined, /index\.json: there is no such file/],
  ['an index that is no JSON', '[', /index\.json: it is no JSON/],
  ['an entry without a mode', [{ ...ENTRY, mode: undefined }], /an entry without role, path, mode or owner/],
  ['an entry that is none', [null], /an entry without role, path, mode or owner/],
  ['a file that is not there', [{ ...ENTRY, path: '/etc/b' }], /etc\/b: there is no such file/],
  ['a path out of the folder', [{ ...ENTRY, path: '/../../passwd' }], /lies outside of the folder/],
  ['a role out of the folder', [{ ...ENTRY, role: '..', path: '/etc/passwd' }], /lies outside of the folder|no such file/],
  ['a role with a folder', [{ ...ENTRY, role: 'a/../worker' }], /lies outside of the folder/],
])('refuses %s', (_what, content, message) => {
  if (content !== undefined) {
    index(content);
  }
  expect(() => readNodeFiles(folder)).toThrow(message);
});

it('follows no link', () => {
  index([{ ...ENTRY, path: '/etc/link' }]);
  fs.symlinkSync('/etc/hostname', path.join(folder, 'worker/etc/link'));
  expect(() => readNodeFiles(folder)).toThrow(/link: there is no such file/);
});
