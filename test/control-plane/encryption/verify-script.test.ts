import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { encryptionSection, verifyScript } from '../../../src';
import type { EncryptionProps } from '../../../src';
import { runScript, writePrograms } from '../../support/shell';
import type { ShellRun } from '../../support/shell';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-script-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

const NEW = 'k8s:enc:secretbox:v1:key-2:';
const OLD = 'k8s:enc:secretbox:v1:key-1:';
/** Bytes as a cipher makes them, line ends and zeros among them. */
const BYTES = '\u0000\u0001\n\u00ff\n\u0000x';
const CONFIGURATION = `# rotation: promoted
kind: EncryptionConfiguration
resources:
  - resources:
      - events
    providers:
      - identity: {}
  - resources:
      - "*.*"
    providers:
      - secretbox:
          keys:
            - name: key-2
              secret: AAAA
      - secretbox:
          keys:
            - name: key-1
              secret: BBBB
      - identity: {}
`;

/** Runs the script where etcd holds these values. */
function verify(values: Readonly<Record<string, string>>, props: EncryptionProps = {}, args: readonly string[] = []): ShellRun {
  const text = Object.entries(values).map(([key, value]) => `${key}\n${value}\n`);
  fs.writeFileSync(path.join(root, 'etcd'), text.join(''), 'latin1');
  fs.writeFileSync(path.join(root, 'encryption.yaml'), CONFIGURATION);
  writePrograms(path.join(root, 'bin'), { etcdctl: `echo "$@" >${root}/asked; cat ${root}/etcd` });
  const script = path.join(root, 'kube-encryption-verify');
  fs.writeFileSync(script, verifyScript({ section: encryptionSection(props), folder: root, pki: '/etc/kubernetes/pki' }));
  return runScript(script, args, path.join(root, 'bin'));
}

const GOOD = {
  '/registry/secrets/shop/a': NEW + BYTES,
  '/registry/configmaps/shop/a': NEW + BYTES,
  '/registry/example.com/widgets/shop/w': NEW + BYTES,
  '/registry/events/shop/e': 'k8s\u0000plain',
  '/registry/leases/kube-system/l': 'k8s\u0000plain',
  '/registry/ranges/serviceips': 'k8s\u0000plain',
  '/registry/masterleases/192.0.2.10': 'k8s\u0000plain',
};

it('is content when all that should be is written by the first provider', () => {
  const { status, stdout } = verify(GOOD);
  expect(status).toBe(0);
  expect(stdout.replace(/ +/g, ' ').split('\n')).toEqual([
    'configmaps 1 of 1',
    'example.com 1 of 1',
    'secrets 1 of 1',
    `3 of 3 are written by ${NEW}`,
    '',
  ]);
});

it.each([
  ['written with the old key', OLD + BYTES],
  ['in the clear', 'k8s\u0000plain'],
  ['in the clear, with a line in it that looks encrypted', `plain\n${NEW}`],
  ['empty', ''],
  ['of a key whose name goes on', 'k8s:enc:secretbox:v1:key-22:x'],
])('finds what is %s', (_what, value) => {
  const { status, stdout } = verify({ ...GOOD, '/registry/secrets/shop/b': value });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^secrets +1 of +2 {2}<- 1 not written by k8s:enc:secretbox:v1:key-2:$/m);
});

it('shows no value', () => {
  const { stdout, stderr } = verify({ ...GOOD, '/registry/secrets/shop/b': 'hunter2' });
  expect(stdout + stderr).not.toContain('hunter2');
});

it('looks only at what is encrypted, when that is a list', () => {
  const plain = { ...GOOD, '/registry/configmaps/shop/b': 'plain', '/registry/example.com/gadgets/shop/g': 'plain' };
  const resources = ['secrets', 'widgets.example.com'];
  expect(verify(plain, { resources }).status).toBe(0);
  expect(verify({ ...plain, '/registry/example.com/widgets/shop/x': 'plain' }, { resources }).status).toBe(1);
});

it('is not content with nothing', () => expect(verify({}).status).not.toBe(0));

it('asks the etcd of this host, or the one it is told', () => {
  const asked = (): string => fs.readFileSync(path.join(root, 'asked'), 'utf8').trim();
  verify(GOOD);
  expect(asked()).toBe(
    '--endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/healthcheck-client.crt ' +
      '--key=/etc/kubernetes/pki/etcd/healthcheck-client.key get /registry/ --prefix',
  );
  verify(GOOD, {}, ['--endpoints=https://etcd.example.com:2379']);
  expect(asked()).toBe('--endpoints=https://etcd.example.com:2379 get /registry/ --prefix');
});

describe('on a host without etcdctl', () => {
  /** Runs the script where there are no other programs than these and the few that it uses. */
  function verifyWith(crictl: string): ShellRun {
    verify(GOOD);
    const bin = path.join(root, 'few');
    writePrograms(bin, { crictl });
    for (const name of ['awk', 'bash', 'cat', 'grep', 'sh', 'sort']) {
      fs.symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), path.join(bin, name));
    }
    const { status, stdout, stderr } = spawnSync(path.join(bin, 'bash'), [path.join(root, 'kube-encryption-verify')], {
      encoding: 'utf8',
      env: { PATH: bin },
    });
    return { status, stdout, stderr };
  }

  it('takes that of the container of etcd', () => {
    const { status, stdout } = verifyWith(`case $1 in ps) echo abc ;; exec) [ "$2 $3" = 'abc etcdctl' ] && cat ${root}/etcd ;; esac`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/3 of 3 are written by/) as string });
  });

  it('says so when there is no etcd', () => {
    expect(verifyWith('exit 0')).toMatchObject({ status: 1, stderr: expect.stringMatching(/Run this where etcd runs/) as string });
  });
});
