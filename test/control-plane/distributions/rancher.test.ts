import { documentsAt, filesOf } from './one-cluster';
import type { Change } from './one-cluster';

type Config = Readonly<Record<string, unknown>>;
const configOf = (distribution: 'k3s' | 'rke2', role: string, change: Change = {}) =>
  documentsAt(filesOf(distribution, change), role, 'config.yaml.d/50-hardening.yaml')[0] as Config;
const server = (distribution: 'k3s' | 'rke2', change?: Change) => configOf(distribution, 'control-plane', change);

describe.each(['k3s', 'rke2'] as const)('%s', (distribution) => {
  it('gives etcd what it reads at the top of its file, and nothing that it has elsewhere', () => {
    expect(server(distribution)['etcd-arg']).toEqual(['quota-backend-bytes=8589934592', 'tls-min-version=TLS1.3']);
    const tls12 = { baseline: { nodes: { tls: { minVersion: '1.2' as const } } } };
    expect(server(distribution, tls12)['etcd-arg']).toContainEqual(expect.stringMatching(/^cipher-suites=\[TLS_\w+(,TLS_\w+)*\]$/));
  });

  it('takes its own snapshots where backups are asked for', () => {
    expect(server(distribution)).toMatchObject({
      'etcd-snapshot-schedule-cron': '0 */6 * * *',
      'etcd-snapshot-retention': 56,
      'etcd-snapshot-dir': '/var/backups/etcd',
    });
    expect(Object.keys(server(distribution, { baseline: { nodes: {} } })).filter((key) => key.startsWith('etcd-snapshot'))).toEqual([]);
  });

  it('encrypts with a key of its own, and refuses a key service', () => {
    expect(server(distribution)['secrets-encryption-provider']).toBe('secretbox');
    const kms = { provider: 'kms', kms: { name: 'kms', socket: '/run/kms/kms.sock' } } as const;
    expect(() => filesOf(distribution, { baseline: { encryption: kms } })).toThrow(
      `Encryption: ${distribution} makes its own key and asks no key service (control NET-23).`,
    );
  });

  it('labels for SELinux where nodes run it, and asks for kernel settings where somebody writes them', () => {
    const selinux = { settings: { nodes: { lsm: 'selinux' as const } } };
    expect([server(distribution)['selinux'], server(distribution, selinux)['selinux']]).toEqual([undefined, true]);
    expect(configOf(distribution, 'worker')['protect-kernel-defaults']).toBe(true);
    expect(configOf(distribution, 'worker', { baseline: { without: ['nodes'] } })).not.toHaveProperty('protect-kernel-defaults');
  });

  it('has no folder below its own data that others can read, though files of ours lie there', () => {
    const modes = filesOf(distribution).find(
      ({ role, path }) => role === 'control-plane' && path === '/etc/tmpfiles.d/kubernetes-hardening.conf',
    );
    expect(modes?.content).toContain(`d /var/lib/rancher/${distribution}/server 0700 root root -\n`);
  });
});

describe('k3s', () => {
  it('gives way to a network plugin that is installed, and keeps its own', () => {
    const network = { pods: ['10.42.0.0/16'], services: ['10.43.0.0/16'] };
    expect(server('k3s')).toMatchObject({ 'flannel-backend': 'none', 'disable-network-policy': true });
    const own = server('k3s', { cluster: { network: { ...network, plugin: 'flannel' } } });
    expect(Object.keys(own).filter((key) => /flannel|network-policy/.test(key))).toEqual([]);
  });

  it('listens on another port where the settings name one', () => {
    expect(server('k3s')).not.toHaveProperty('https-listen-port');
    expect(server('k3s', { settings: { apiServer: { endpoints: ['192.0.2.10'], port: 7443 } } })['https-listen-port']).toBe(7443);
  });

  it('encrypts where encryption is asked for', () => {
    expect(server('k3s')['secrets-encryption']).toBe(true);
    expect(server('k3s', { baseline: { without: ['encryption'] } })).not.toHaveProperty('secrets-encryption');
  });
});

describe('RKE2', () => {
  it('is told of audit policy and admission by its own keys, and not by flags beside', () => {
    const config = server('rke2');
    expect(config['audit-policy-file']).toMatch(/^\/etc\/rancher\/rke2\/hardening\/audit\/policy-\w+\.yaml$/);
    expect(config['pod-security-admission-config-file']).toMatch(/^\/etc\/rancher\/rke2\/hardening\/admission\/admission-\w+\.yaml$/);
    expect(
      (config['kube-apiserver-arg'] as string[]).filter((flag) => /^(audit-policy-file|admission-control-config-file)=/.test(flag)),
    ).toEqual([]);
  });

  it('mounts the hardening files, and not the folder of the log, which it mounts itself', () => {
    expect(server('rke2')['kube-apiserver-extra-mount']).toEqual(['/etc/rancher/rke2/hardening:/etc/rancher/rke2/hardening:ro']);
    expect(server('rke2', { baseline: { without: ['access', 'admission', 'audit'] } })).not.toHaveProperty('kube-apiserver-extra-mount');
  });

  it('checks the host as CIS asks only where the user etcd and the kernel settings are made', () => {
    expect([server('rke2')['profile'], configOf('rke2', 'worker')['profile']]).toEqual(['cis', 'cis']);
    expect(server('rke2', { baseline: { without: ['nodes'] } })).not.toHaveProperty('profile');
  });

  it.each([
    ['calico', 'calico'],
    ['canal', 'canal'],
    ['other', 'none'],
  ] as const)('with the plugin %s it installs %s', (plugin, cni) => {
    expect(server('rke2', { cluster: { network: { pods: ['10.42.0.0/16'], services: ['10.43.0.0/16'], plugin } } })['cni']).toBe(cni);
  });
});
