import { App } from 'cdk8s';
import { controlPlaneSpecOf, FileModes, TMPFILES_FILE } from '../../src/control-plane';
import type { ControlPlaneSpec } from '../../src/control-plane';
import { cluster, spec } from './cluster';
import { fileAt, paths } from './host-parts';

const lines = (made: ControlPlaneSpec, role: string): string[] => fileAt(made, TMPFILES_FILE, role).content.trimEnd().split('\n');

it('are those of CIS on the control plane', () => {
  expect(lines(spec(), 'control-plane')).toEqual([
    'd /etc/kubernetes/hardening 0700 root root -',
    'z /etc/kubernetes/manifests/*.yaml 0600 root root -',
    'z /etc/cni/net.d/* 0600 root root -',
    'd /var/lib/etcd 0700 etcd etcd -',
    'z /etc/kubernetes/*.conf 0600 root root -',
    'Z /etc/kubernetes/pki - root root -',
    'z /etc/kubernetes/pki/*.crt 0600 root root -',
    'z /etc/kubernetes/pki/etcd/*.crt 0600 root root -',
    'z /etc/kubernetes/pki/*.key 0600 root root -',
    'z /etc/kubernetes/pki/etcd/*.key 0600 root root -',
    'z /etc/systemd/system/kubelet.service 0600 root root -',
    'z /etc/systemd/system/kubelet.service.d/*.conf 0600 root root -',
    'z /usr/lib/systemd/system/kubelet.service 0600 root root -',
    'z /usr/lib/systemd/system/kubelet.service.d/*.conf 0600 root root -',
    'z /var/lib/kubelet/config.yaml 0600 root root -',
    'z /var/lib/kubelet/kubeadm-flags.env 0600 root root -',
  ]);
  expect(fileAt(spec(), '/etc/sysusers.d/kubernetes-hardening.conf').content).toBe('u etcd - "Owner of the etcd data" - -\n');
});

it('have no etcd on workers, and no kubeadm on k3s', () => {
  expect(lines(spec(), 'worker').filter((line) => /etcd[^/]|hardening|manifests|\.key/.test(line))).toEqual([]);
  expect(paths(spec()).filter((path) => path.startsWith('worker') && path.includes('sysusers'))).toEqual([]);
  expect(lines(spec('k3s'), 'control-plane').filter((line) => line.includes('/etc/kubernetes'))).toEqual([]);
  expect(paths(spec('kind')).filter((path) => path.includes('tmpfiles'))).toEqual([]);
});

it('are set again whenever the kubelet of kubeadm starts, since kubeadm writes its file for everybody to read', () => {
  expect(fileAt(spec(), '/etc/systemd/system/kubelet.service.d/20-file-modes.conf', 'worker')).toMatchObject({
    mode: '0600',
    content: `[Service]\nExecStartPre=-/usr/bin/systemd-tmpfiles --create ${TMPFILES_FILE}\n`,
  });
  expect(paths(spec('rke2')).filter((path) => path.includes('kubelet.service'))).toEqual([]);
});

it('leave certificates readable where that is asked for', () => {
  const app = new App();
  new FileModes(app, 'modes', { certificates: '0644' });
  expect(lines(controlPlaneSpecOf(app, cluster()), 'worker')).toContain('z /etc/kubernetes/pki/*.crt 0644 root root -');
});
