import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { encryptionSection, rewriteScript } from '../../../src';
import type { EncryptionProps } from '../../../src';
import { runScript, writePrograms } from '../../support/shell';
import type { ShellRun } from '../../support/shell';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'rewrite-script-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

const CONFLICT = 'Error from server (Conflict): error when replacing "STDIN": the object has been modified';

/** Runs the script with a kubectl that answers `replace` so, each time with the next of the errors. */
function rewrite(errors: readonly string[] = [], args: readonly string[] = [], props: EncryptionProps = {}): ShellRun {
  fs.writeFileSync(path.join(root, 'errors'), errors.map((error) => `${error}\n`).join(''));
  writePrograms(path.join(root, 'bin'), {
    sleep: '',
    kubectl: `
case $1 in
  api-resources) printf '%s\\n' configmaps events secrets leases.coordination.k8s.io events.events.k8s.io widgets.example.com ;;
  get) echo "$*" >>${root}/asked; [ "$2" != forbidden ] || { echo 'Error from server (Forbidden): no' >&2; exit 1; }; echo '{"kind":"List"}' ;;
  replace) cat >/dev/null; error=$(head -n 1 ${root}/errors); sed -i 1d ${root}/errors; [ -z "$error" ] || { echo "$error" >&2; exit 1; } ;;
esac`,
  });
  const script = path.join(root, 'kube-encryption-rewrite');
  fs.writeFileSync(script, rewriteScript(encryptionSection(props)));
  return runScript(script, args, path.join(root, 'bin'));
}

const asked = (): string[] => fs.readFileSync(path.join(root, 'asked'), 'utf8').trim().split('\n');

it('writes back every resource that is encrypted', () => {
  expect(rewrite()).toEqual({ status: 0, stderr: '', stdout: 'configmaps rewritten\nsecrets rewritten\nwidgets.example.com rewritten\n' });
  expect(asked()[0]).toBe('get configmaps --all-namespaces -o json');
});

it('writes back those of the list, or those it is told', () => {
  expect(rewrite([], [], { resources: ['secrets'] }).stdout).toBe('secrets rewritten\n');
  expect(rewrite([], ['configmaps'], { resources: ['secrets'] }).stdout).toBe('configmaps rewritten\n');
});

it('tries again when an object was changed or deleted meanwhile', () => {
  const { status, stderr } = rewrite([CONFLICT, 'Error from server (NotFound): configmaps "a" not found'], ['secrets']);
  expect({ status, stderr, tries: asked().length }).toEqual({ status: 0, stderr: '', tries: 3 });
});

it('leaves those be that others write all the time: their writing is what is wanted', () => {
  const { status, stderr } = rewrite(Array<string>(9).fill(CONFLICT), ['secrets']);
  expect({ status, tries: asked().length }).toEqual({ status: 0, tries: 5 });
  expect(stderr).toMatch(/secrets: some changed each time they were read/);
});

it('takes it that there may be none of a resource', () => {
  expect(rewrite(['error: no objects passed to replace'], ['secrets'])).toEqual({ status: 0, stderr: '', stdout: 'secrets rewritten\n' });
});

it('says what it could not write, goes on with the rest, and fails', () => {
  const denied = 'Error from server (Forbidden): secrets "a" is forbidden';
  const { status, stdout, stderr } = rewrite([denied], ['secrets', 'forbidden', 'configmaps']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'configmaps rewritten\n' });
  expect(stderr).toContain(denied);
  expect(stderr).toMatch(/not rewritten: secrets forbidden\./);
});
