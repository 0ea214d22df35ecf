import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { HardenedApp, HardenedBaseline, loadBlueprint, VALID_POD } from '../../src';
import { diff } from '../../src/cli/diff';
import type { DiffOptions } from '../../src/cli/diff';

const BLUEPRINT = fs.readFileSync(path.join(__dirname, '../../blueprint.yaml'), 'utf8');
const MORE_READERS = BLUEPRINT.replace('viewer: [oidc:analysts]', 'viewer: [oidc:analysts, oidc:everybody]');

let folder: string;
let shown: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diff-'));
  shown = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const run = (before: string, after?: string, options: Partial<DiffOptions> = {}): Promise<number> =>
  diff(before, after, { format: 'text', ...options });
const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'ignore' });
};
const at = (name: string, content: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
};
const pod = (spec: object = {}): string => stringify({ ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), ...spec } });

it('compares manifests: 0 when nothing is looser, 1 when something is', async () => {
  const [good, bad] = [at('good.yaml', pod()), at('bad.yaml', pod({ hostPID: true }))];
  expect(await run(good, bad)).toBe(1);
  expect(shown).toMatch(/^✗ looser {3}finding {4}POD-10 Pod .*: shares a namespace of the host/);
  expect(await run(bad, good)).toBe(0);
  expect(await run(good, good)).toBe(0);
});

it('compares the blueprint in revisions of Git, and with what is in the folder', async () => {
  const blueprint = at('blueprint.yaml', BLUEPRINT);
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message=one');
  at('blueprint.yaml', MORE_READERS);
  expect(await run('main..', undefined, { blueprint })).toBe(1);
  expect(shown).toMatch(/✗ looser {3}permission AUTH-06 Group oidc:everybody may get, list, watch /);
  git('commit', '--all', '--message=two');
  shown = '';
  expect(await run('HEAD..main~1', undefined, { blueprint, format: 'json' })).toBe(0);
  expect(JSON.parse(shown)).toMatchObject({ before: `HEAD:${blueprint}`, summary: { looser: 0, stricter: 1 } });
});

it('compares what synth has written, the files for hosts too', async () => {
  const [before, after] = [BLUEPRINT, BLUEPRINT.replace('audit: { profile: nsa }', 'audit: { profile: balanced }')].map((text, index) => {
    const { settings, baseline } = loadBlueprint(at('blueprint.yaml', text));
    const app = new HardenedApp({ settings, outdir: path.join(folder, String(index), 'manifests') });
    new HardenedBaseline(app, 'baseline', baseline);
    app.synth();
    return path.join(folder, String(index));
  }) as [string, string];
  expect(await run(before, after, { minor: '1.36', format: 'markdown' })).toBe(0);
  expect(shown).toMatch(/\| node file \| {2}\| control-plane:.*policy-.*: new \|/);
});

it.each<[string, string, string | undefined, RegExp]>([
  [
    'one folder',
    'dist',
    undefined,
    /^dist is compared with nothing\. Give two folders or files, or two revisions of the blueprint as A\.\.B\.$/,
  ],
  ['a file that is not there', 'none.yaml', 'none.yaml', /none\.yaml/],
  ['a revision that is not there', 'nowhere..', undefined, /^nowhere has no .*blueprint\.yaml that Git can show: /],
  ['an option in place of a revision', '--output=x..main', undefined, /^'--output=x' is no revision of Git\.$/],
])('refuses %s', async (_what, before, after, message) => {
  git('init');
  await expect(run(before, after, { blueprint: after ? undefined : at('blueprint.yaml', BLUEPRINT) })).rejects.toThrow(message);
});
