import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadedScript } from '../../../src';
import { runScript, writePrograms } from '../../support/shell';
import type { ShellRun } from '../../support/shell';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'loaded-script-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

const HASH = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const metric = (hash: string): string =>
  `apiserver_encryption_config_controller_last_config_info{apiserver_id_hash="${OTHER}",hash="${hash}"} 1`;

/** Runs the script where API servers say, one look after the other, that they run with these hashes. */
function loaded(hashes: readonly string[], args: readonly string[]): ShellRun {
  fs.writeFileSync(path.join(root, 'hashes'), hashes.map((hash) => `${metric(hash)}\n`).join(''));
  writePrograms(path.join(root, 'bin'), {
    sleep: '',
    kubectl: `
echo "$*" >>${root}/asked
case "$*" in
  *endpointslices*) printf 'https://192.0.2.10:6443\\nhttps://192.0.2.11:6443\\n' ;;
  *) head -n 1 ${root}/hashes; [ "$(wc -l <${root}/hashes)" -lt 2 ] || sed -i 1d ${root}/hashes ;;
esac`,
  });
  const script = path.join(root, 'kube-encryption-loaded');
  fs.writeFileSync(script, loadedScript());
  return runScript(script, args, path.join(root, 'bin'));
}

it('waits until every API server that it is told runs with the configuration', () => {
  const { status, stdout } = loaded([OTHER, OTHER, HASH], [HASH, 'https://a:6443', 'https://b:6443']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `https://a:6443 runs with ${HASH}\nhttps://b:6443 runs with ${HASH}\n` });
});

it('finds the API servers by the Service kubernetes', () => {
  expect(loaded([HASH], [HASH]).stdout).toBe(`https://192.0.2.10:6443 runs with ${HASH}\nhttps://192.0.2.11:6443 runs with ${HASH}\n`);
  expect(fs.readFileSync(path.join(root, 'asked'), 'utf8')).toContain('--server https://192.0.2.11:6443 get --raw /metrics');
});

// The hash of the server's own id is in the same line.
it('gives up with the name of the one that does not', () => {
  expect(loaded([HASH], [OTHER, 'https://a:6443'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/https:\/\/a:6443 does not run with sha256:bb/) as string,
  });
});

it.each([[[]], [['not-a-hash']]])('asks for a hash when it is given %j', (args) => {
  expect(loaded([HASH], args)).toMatchObject({ status: 1, stderr: expect.stringMatching(/give the hash that .* prints/) as string });
});
