import { App } from 'cdk8s';
import { EtcdHardening, recipientProblem, SNAPSHOT_HOURS, snapshotSchedule } from '../../src/control-plane';
import { RECIPIENT, spec } from './cluster';
import { fileAt, flagsOf, paths } from './host-parts';

const SSH = `ssh-ed25519 ${Buffer.alloc(51, 7).toString('base64')}`;

it('asks clients and peers for certificates, makes none, and bounds the store; with no flag that 3.7 does not know', () => {
  const { 'tls-min-version': _version, ...flags } = flagsOf(spec(), 'etcd');
  expect(flags).toEqual({
    'auto-tls': 'false',
    'client-cert-auth': 'true',
    'peer-auto-tls': 'false',
    'peer-client-cert-auth': 'true',
    'quota-backend-bytes': '8589934592',
  });
});

it('takes encrypted snapshots on the control plane of kubeadm', () => {
  expect(paths(spec()).filter((path) => path.includes('etcd-') || path.includes('recipients'))).toEqual([
    'control-plane /etc/kubernetes/hardening/backup/recipients.txt',
    'control-plane /usr/local/sbin/etcd-snapshot',
    'control-plane /usr/local/sbin/etcd-restore',
    'control-plane /etc/systemd/system/etcd-snapshot.service',
    'control-plane /etc/systemd/system/etcd-snapshot.timer',
  ]);
  expect(fileAt(spec(), '/etc/kubernetes/hardening/backup/recipients.txt')).toMatchObject({ mode: '0600', content: `${RECIPIENT}\n` });
  expect(fileAt(spec(), '/usr/local/sbin/etcd-snapshot')).toMatchObject({ mode: '0700', owner: 'root:root' });
  expect(fileAt(spec(), '/etc/systemd/system/etcd-snapshot.timer').content).toContain('OnCalendar=*-*-* 00/6:00:00\n');
});

it('takes none unless there is somebody to encrypt them to, and none where the distribution takes them', () => {
  expect(paths(spec('kubeadm', { etcd: {} })).filter((path) => path.includes('etcd-'))).toEqual([]);
  expect(paths(spec('rke2')).filter((path) => path.includes('etcd-'))).toEqual([]);
  expect(spec('rke2').etcd?.backup).toMatchObject({ everyHours: 6, retentionDays: 14 });
});

it('puts where and how often into script, timer, and the crontab of k3s and RKE2', () => {
  const backup = { recipients: [RECIPIENT, SSH], everyHours: 24, retentionDays: 30, folder: '/srv/etcd' } as const;
  const made = spec('kubeadm', { etcd: { quotaBackendBytes: 1024, backup } });
  expect(flagsOf(made, 'etcd')).toMatchObject({ 'quota-backend-bytes': '1024' });
  expect(fileAt(made, '/usr/local/sbin/etcd-snapshot').content).toMatch(/^folder=\/srv\/etcd\n[\s\S]*-mtime \+30 -delete/m);
  expect(fileAt(made, '/etc/systemd/system/etcd-snapshot.timer').content).toContain('OnCalendar=*-*-* 00:00:00\n');
  expect(snapshotSchedule(backup)).toEqual({ cron: '0 0 * * *', retention: 30 });
  expect(SNAPSHOT_HOURS.map((everyHours) => snapshotSchedule({ ...backup, everyHours, retentionDays: 1 }).retention)).toEqual([
    24, 12, 8, 6, 4, 3, 2, 1,
  ]);
});

it('restores with a raised revision', () => {
  expect(fileAt(spec(), '/usr/local/sbin/etcd-restore').content).toContain('--bump-revision 1000000000 --mark-compacted');
});

it.each([
  [{ recipients: [] }, /\[etcd\] backup\.recipients is empty: nobody could read the backups\. .* \(control NET-22\)/],
  [{ recipients: [RECIPIENT, 'age1'] }, /backup\.recipients\.1 is no public key: give `age1…`/],
  [{ recipients: [RECIPIENT], folder: 'backups' }, /backup\.folder is 'backups', which is no absolute path/],
  [{ recipients: [RECIPIENT], folder: '/var/$(id)' }, /backup\.folder/],
])('refuses a backup %j', (backup, message) => {
  expect(() => new EtcdHardening(new App(), 'etcd', { backup })).toThrow(message);
});

it('refuses a secret key without showing it', () => {
  const secret = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  const make = (): unknown => new EtcdHardening(new App(), 'etcd', { backup: { recipients: [secret] } });
  expect(make).toThrow(/backup\.recipients\.0 is a secret key: whoever reads this file could read every backup/);
  expect(make).not.toThrow(secret);
});

it.each([RECIPIENT, SSH, 'age1yubikey1q2tx3v63lhw7uvqyy5nlx7jzaz5aqlpsrqmjgcs9fmx4p3ycalcqsf5ywnw'])('takes %s', (key) =>
  expect(recipientProblem(key)).toBeUndefined(),
);

it.each(['age1bio', `${RECIPIENT} `, `${SSH} me@example.com`, 'ssh-ed25519', '$(id)', '-----BEGIN OPENSSH PRIVATE KEY-----'])(
  'refuses %s',
  (key) => expect(recipientProblem(key)).toBeDefined(),
);
