import { RESTORE_COMMAND, SNAPSHOT_COMMAND } from '../../../src/control-plane';
import { filesOf, Host } from './host';
import type { Outcome } from './host';

const MANIFEST = '    - --name=cp-1\n    - --initial-advertise-peer-urls=https://192.0.2.10:2380\n';
const PARTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

let host: Host;
beforeEach(() => {
  host = new Host();
  for (const file of filesOf('control-plane')) {
    host.write(file.path.startsWith('/usr/') ? `/root${file.path}` : file.path, file.content, 0o700);
  }
  // What stands for age puts a line before the snapshot; the real one is tried by hand.
  host.standIns({
    etcdctl: 'echo store >"${!#}"',
    etcdutl: '[ "$2" != restore ] || { while [ "$1" != --data-dir ]; do shift; done; mkdir -p "$2"; cp "${SNAPSHOT:-/dev/null}" "$2/db"; }',
    age: 'while [ "$1" != --output ]; do shift; done; if grep -q encrypted "$3"; then tail -n 1 "$3" >"$2"; else { echo encrypted; cat "$3"; } >"$2"; fi',
    crictl: '',
    sleep: '',
  });
  PARTS.forEach((part) => host.write(`/etc/kubernetes/manifests/${part}.yaml`, part === 'etcd' ? MANIFEST : 'x\n'));
  host.write('/var/lib/etcd/member/old', 'old\n');
});
afterEach(() => host.remove());

const snapshot = (): Outcome => host.run('bash', `/root${SNAPSHOT_COMMAND}`);
const restore = (...args: string[]): Outcome => host.run('bash', `/root${RESTORE_COMMAND}`, ...args);
const backups = (): string[] => host.list('/var/backups/etcd').filter((name) => name.endsWith('.db.age'));

describe('etcd-snapshot', () => {
  it('leaves an encrypted snapshot that only root reads, and nothing in the clear', () => {
    const { status, stdout } = snapshot();
    expect(status).toBe(0);
    const [name] = backups();
    expect(stdout).toBe(`/var/backups/etcd/${name}\n`);
    expect(host.mode(`/var/backups/etcd/${name}`)).toBe('600 0:0');
    expect(host.mode('/var/backups/etcd')).toBe('700 0:0');
    expect(host.read(`/var/backups/etcd/${name}`)).toBe('encrypted\nstore\n');
    expect(host.calls('age')[0]).toContain('--recipients-file /etc/kubernetes/hardening/backup/recipients.txt');
    expect(host.calls('etcdctl')[0]).toMatch(/snapshot save \/run\/etcd-snapshot\./);
  });

  it.each(['etcdctl', 'etcdutl', 'age'])('keeps nothing, and fails, when %s fails', (program) => {
    host.standIns({ [program]: 'exit 1' });
    expect(snapshot().status).not.toBe(0);
    expect(host.exists('/var/backups/etcd') ? backups() : []).toEqual([]);
  });

  it('removes what is older than it keeps, and nothing else', () => {
    snapshot();
    ['old.db.age', 'old.status.json', 'mine.txt'].forEach((name) => host.write(`/var/backups/etcd/${name}`, ''));
    host.run('touch', '--date=20 days ago', ...['old.db.age', 'old.status.json', 'mine.txt'].map((name) => `/var/backups/etcd/${name}`));
    snapshot();
    expect(host.list('/var/backups/etcd').filter((name) => !/^\d{8}T/.test(name))).toEqual(['mine.txt']);
  });

  it('says what is not installed', () => {
    host.run('rm', '/stand-ins/etcdutl');
    expect(snapshot()).toMatchObject({ status: 1, stderr: 'etcd-snapshot: etcdutl is not installed, or not on the PATH\n' });
  });
});

describe('etcd-restore', () => {
  beforeEach(() => {
    host.write('/backup.db.age', 'encrypted\nstore\n');
    host.write('/media/identity', 'not a key: what stands for age asks for none\n');
    host.write('/var/lib/etcd/member/old', 'old\n');
    host.run('chmod', '700', '/var/lib/etcd');
    host.run('chown', '999:999', '/var/lib/etcd');
  });

  it('puts the store back with a raised revision, keeps the old one, and starts what was stopped', () => {
    expect(restore('/backup.db.age', '/media/identity')).toMatchObject({ status: 0 });
    expect(host.calls('etcdutl').at(-1)).toMatch(/--bump-revision 1000000000 --mark-compacted$/);
    expect(host.calls('etcdutl').at(-1)).toContain(
      '--name cp-1 --initial-cluster cp-1=https://192.0.2.10:2380 --initial-advertise-peer-urls https://192.0.2.10:2380',
    );
    expect(host.mode('/var/lib/etcd')).toBe('700 999:999');
    expect(host.exists('/var/lib/etcd/db')).toBe(true);
    const aside = host.list('/var/lib').filter((name) => name.startsWith('etcd.before-'));
    expect(host.read(`/var/lib/${aside[0]}/member/old`)).toBe('old\n');
    expect(host.list('/etc/kubernetes/manifests')).toEqual(PARTS.map((part) => `${part}.yaml`));
    expect(host.exists('/etc/kubernetes/manifests.restore')).toBe(false);
  });

  it.each([
    ['the key is the wrong one', { age: 'exit 1' }],
    ['the snapshot is broken', { etcdutl: '[ "$2" != status ]' }],
  ])('touches nothing when %s', (_what, programs) => {
    host.standIns(programs);
    expect(restore('/backup.db.age', '/media/identity').status).not.toBe(0);
    expect(host.list('/etc/kubernetes/manifests')).toHaveLength(4);
    expect(host.read('/var/lib/etcd/member/old')).toBe('old\n');
  });

  it('stops when something still runs, and goes on when it is run again', () => {
    host.standIns({ crictl: '[ "${!#}" != "^kube-scheduler\\$" ] || echo running' });
    expect(restore('/backup.db.age', '/media/identity')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('kube-scheduler still runs') as string,
    });
    expect(host.read('/var/lib/etcd/member/old')).toBe('old\n');
    host.standIns({ crictl: '' });
    expect(restore('/backup.db.age', '/media/identity').status).toBe(0);
    expect(host.list('/etc/kubernetes/manifests')).toHaveLength(4);
  });

  it('touches no data when it cannot tell what runs', () => {
    host.standIns({ crictl: 'exit 1' });
    expect(restore('/backup.db.age', '/media/identity').status).not.toBe(0);
    expect(host.read('/var/lib/etcd/member/old')).toBe('old\n');
  });

  it('takes a list of members, which must have this one', () => {
    const other = 'cp-2=https://192.0.2.11:2380';
    expect(restore('/backup.db.age', '/media/identity', other)).toMatchObject({
      status: 1,
      stderr: 'etcd-restore: the list of members lacks this one: cp-1=https://192.0.2.10:2380\n',
    });
    expect(restore('/backup.db.age', '/media/identity', `cp-1=https://192.0.2.10:2380,${other}`).status).toBe(0);
    expect(host.calls('etcdutl').at(-1)).toContain(`--initial-cluster cp-1=https://192.0.2.10:2380,${other} `);
  });
});
