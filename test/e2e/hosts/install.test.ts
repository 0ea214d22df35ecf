import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { filesOf, Host } from './host';
import type { Outcome } from './host';

let host: Host;
let source: string;
beforeEach(() => {
  host = new Host();
  source = fs.mkdtempSync('/tmp/dist-');
  for (const { path: target, content } of filesOf('control-plane')) {
    fs.mkdirSync(path.dirname(path.join(source, target)), { recursive: true });
    fs.writeFileSync(path.join(source, target), content);
  }
});
afterEach(() => {
  host.remove();
  fs.rmSync(source, { recursive: true });
});

/** Runs the script of the role with another root, as whoever makes an image does. */
function install(...args: string[]): Outcome {
  return spawnSync('bash', [path.join(source, 'install.sh'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, DESTDIR: host.root },
  });
}

/** Name, mode, owner, content and time of everything below the root. */
function everything(): unknown {
  return fs
    .readdirSync(host.root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, host.mode(name), fs.lstatSync(path.join(host.root, name)).isFile() ? host.read(name) : '']);
}

it('puts every file in its place, with its mode and owner, and makes the users and folders', () => {
  expect(install()).toMatchObject({ status: 0 });
  for (const { path: target, mode, content } of filesOf('control-plane')) {
    if (['/install.sh', '/cloud-init.yaml'].includes(target)) {
      expect(host.exists(target)).toBe(false);
    } else {
      expect([target, host.mode(target)]).toEqual([target, `${mode.slice(1)} 0:0`]);
      expect(host.read(target)).toBe(content);
    }
  }
  const uid = /^etcd:x:(\d+):(\d+):/m.exec(host.read('/etc/passwd'));
  expect(host.mode('/var/lib/etcd')).toBe(`700 ${uid?.[1]}:${uid?.[2]}`);
  expect(host.mode('/etc/kubernetes/hardening')).toBe('700 0:0');
  expect(host.list('/etc/systemd/system/timers.target.wants')).toEqual(['etcd-snapshot.timer', 'renew-kubernetes-certificates.timer']);
});

it('changes nothing when it is run again', () => {
  install();
  const before = everything();
  const again = install();
  expect(again).toMatchObject({ status: 0, stdout: 'nothing to do\n' });
  expect(everything()).toEqual(before);
  expect(install('--check')).toMatchObject({ status: 0, stdout: '' });
});

it.each<[string, string, (at: (file: string) => string) => void]>([
  ['a missing file', '/usr/local/sbin/etcd-snapshot (missing)', (at) => fs.rmSync(at('/usr/local/sbin/etcd-snapshot'))],
  [
    'another content',
    '/etc/modules-load.d/kubernetes.conf (content)',
    (at) => fs.appendFileSync(at('/etc/modules-load.d/kubernetes.conf'), 'x\n'),
  ],
  ['another mode', '/usr/local/sbin/etcd-restore (mode or owner)', (at) => fs.chmodSync(at('/usr/local/sbin/etcd-restore'), 0o755)],
  [
    'another owner',
    '/etc/sysctl.d/90-kubernetes-hardening.conf (mode or owner)',
    (at) => fs.chownSync(at('/etc/sysctl.d/90-kubernetes-hardening.conf'), 1000, 0),
  ],
  [
    'a unit that is off',
    'etcd-snapshot.timer (not enabled)',
    (at) => fs.rmSync(at('/etc/systemd/system/timers.target.wants/etcd-snapshot.timer')),
  ],
  ['a folder that is open', '/etc/kubernetes/hardening (mode or owner)', (at) => fs.chmodSync(at('/etc/kubernetes/hardening'), 0o755)],
  [
    'a file of kubeadm that is open',
    '/etc/kubernetes/admin.conf (mode or owner)',
    (at) => fs.writeFileSync(at('/etc/kubernetes/admin.conf'), '', { mode: 0o644 }),
  ],
])('--check tells of %s and changes nothing; a run mends it', (_what, told, drift) => {
  install();
  drift((file) => path.join(host.root, file));
  const before = everything();
  expect(install('--check')).toMatchObject({ status: 1, stdout: `differs: ${told}\n` });
  expect(everything()).toEqual(before);
  expect(install()).toMatchObject({ status: 0 });
  expect(install('--check')).toMatchObject({ status: 0, stdout: '' });
});

it.each<[string, RegExp, () => void]>([
  [
    'a symbolic link where a file belongs',
    /etcd-snapshot is a symbolic link: remove it/,
    () => {
      fs.mkdirSync(path.join(host.root, 'usr/local/sbin'), { recursive: true });
      fs.symlinkSync('/etc/passwd', path.join(host.root, 'usr/local/sbin/etcd-snapshot'));
    },
  ],
  ['a folder that everybody writes to', /etc can be written by others than root/, () => fs.chmodSync(path.join(host.root, 'etc'), 0o777)],
  [
    'a link to a folder that somebody else made',
    /usr does not belong to root/,
    () => {
      fs.symlinkSync('/tmp', path.join(host.root, 'usr'));
      fs.lchownSync(path.join(host.root, 'usr'), 1000, 1000);
    },
  ],
  [
    'a file that is missing beside it',
    /recipients\.txt is missing/,
    () => fs.rmSync(path.join(source, 'etc/kubernetes/hardening/backup/recipients.txt')),
  ],
  [
    'a link beside it',
    /recipients\.txt is missing, or no plain file/,
    () => {
      fs.rmSync(path.join(source, 'etc/kubernetes/hardening/backup/recipients.txt'));
      fs.symlinkSync('/etc/shadow', path.join(source, 'etc/kubernetes/hardening/backup/recipients.txt'));
    },
  ],
])('refuses %s', (_what, message, prepare) => {
  prepare();
  const { status, stderr } = install();
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

it('takes up what a run left that was stopped half-way', () => {
  fs.rmSync(path.join(source, 'usr/local/sbin/etcd-snapshot'));
  expect(install().status).toBe(1);
  fs.writeFileSync(
    path.join(source, 'usr/local/sbin/etcd-snapshot'),
    filesOf('control-plane').find((file) => file.path.endsWith('etcd-snapshot'))?.content ?? '',
  );
  expect(install()).toMatchObject({ status: 0 });
  expect(install('--check')).toMatchObject({ status: 0, stdout: '' });
  expect(fs.readdirSync(host.root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hardening-new'))).toEqual([]);
});
