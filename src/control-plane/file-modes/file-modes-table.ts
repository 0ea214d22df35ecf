import type { Distribution } from '../../settings';
import type { HostRole } from '../host-role';

/** The mode and owner that a path of the host must have. */
export interface FileMode {
  /** Absolute path; `*` stands for a part of one name. */
  readonly path: string;
  /**
   * What is done (tmpfiles.d(5)): `z` sets what is there, `Z` also everything below, `d` makes the folder when it is missing.
   */
  readonly type: 'z' | 'Z' | 'd';
  /** Octal; `-` leaves it. */
  readonly mode: string;
  /** `user:group`. */
  readonly owner: string;
  /** Numbers in kube-bench's cis-1.12 (4.1.11: CIS 2.1.0). */
  readonly cis: readonly string[];
  readonly roles: readonly HostRole[];
  readonly distributions: readonly Distribution[];
}

const ROOT = 'root:root';
const CONTROL_PLANE: readonly HostRole[] = ['control-plane'];
const NODES: readonly HostRole[] = ['control-plane', 'worker'];
const KUBEADM: readonly Distribution[] = ['kubeadm'];
const RANCHER: readonly Distribution[] = ['k3s', 'rke2'];

function row(
  type: FileMode['type'],
  path: string,
  mode: string,
  cis: readonly string[],
  roles: readonly HostRole[] = CONTROL_PLANE,
  more: Partial<Pick<FileMode, 'owner' | 'distributions'>> = {},
): FileMode {
  return { type, path, mode, cis, roles, owner: ROOT, distributions: KUBEADM, ...more };
}

/**
 * Certificates: CIS asks for 644 or tighter and Trivy (KCV-0068) for 600, so 0600 satisfies both where only root reads them.
 *
 * @param certificates mode of the cluster's certificates on the hosts
 */
export function fileModesTable(certificates: '0600' | '0644'): readonly FileMode[] {
  return [
    row('d', '/etc/kubernetes/hardening', '0700', []),
    row('z', '/etc/kubernetes/manifests/*.yaml', '0600', ['1.1.1', '1.1.2', '1.1.3', '1.1.4', '1.1.5', '1.1.6', '1.1.7', '1.1.8']),
    row('z', '/etc/cni/net.d/*', '0600', ['1.1.9', '1.1.10'], NODES),
    row('d', '/var/lib/etcd', '0700', ['1.1.11', '1.1.12'], CONTROL_PLANE, { owner: 'etcd:etcd' }),
    row('z', '/etc/kubernetes/*.conf', '0600', ['1.1.13', '1.1.14', '1.1.15', '1.1.16', '1.1.17', '1.1.18', '4.1.5', '4.1.6'], NODES),
    row('Z', '/etc/kubernetes/pki', '-', ['1.1.19'], NODES),
    ...['/etc/kubernetes/pki/*.crt', '/etc/kubernetes/pki/etcd/*.crt'].map((path) =>
      row('z', path, certificates, ['1.1.20', '4.1.7', '4.1.8'], NODES),
    ),
    ...['/etc/kubernetes/pki/*.key', '/etc/kubernetes/pki/etcd/*.key'].map((path) => row('z', path, '0600', ['1.1.21'])),
    ...[
      '/etc/systemd/system/kubelet.service',
      '/etc/systemd/system/kubelet.service.d/*.conf',
      '/usr/lib/systemd/system/kubelet.service',
      '/usr/lib/systemd/system/kubelet.service.d/*.conf',
    ].map((path) => row('z', path, '0600', ['4.1.1', '4.1.2'], NODES)),
    row('z', '/var/lib/kubelet/config.yaml', '0600', ['4.1.9', '4.1.10'], NODES),
    row('z', '/var/lib/kubelet/kubeadm-flags.env', '0600', [], NODES),
    row('z', '/var/lib/rancher/*/agent/etc/kubelet.conf.d', '0755', ['4.1.11'], NODES, { distributions: RANCHER }),
    row('z', '/var/lib/rancher/*/agent/etc/kubelet.conf.d/*.conf', '0600', ['4.1.11'], NODES, { distributions: RANCHER }),
    row('z', '/var/lib/rancher/*/agent/*.kubeconfig', '0600', ['4.1.3', '4.1.4', '4.1.5', '4.1.6'], NODES, { distributions: RANCHER }),
    row('z', '/var/lib/rancher/*/server/tls/*.key', '0600', ['1.1.21'], CONTROL_PLANE, { distributions: RANCHER }),
    row('z', '/var/lib/rancher/*/server/tls/etcd/*.key', '0600', ['1.1.21'], CONTROL_PLANE, { distributions: RANCHER }),
    row('z', '/etc/rancher/*/*.yaml', '0600', ['1.1.13', '1.1.14'], NODES, { distributions: RANCHER }),
    // Files of ours lie below, so that it is made before k3s or RKE2 makes it, with 0700.
    row('d', '/var/lib/rancher/k3s/server', '0700', [], CONTROL_PLANE, { distributions: ['k3s'] }),
    row('d', '/var/lib/rancher/rke2/server', '0700', [], CONTROL_PLANE, { distributions: ['rke2'] }),
    row('d', '/etc/rancher/rke2/hardening', '0700', [], CONTROL_PLANE, { distributions: ['rke2'] }),
    row('z', '/var/lib/rancher/rke2/server/db/etcd', '0700', ['1.1.11', '1.1.12'], CONTROL_PLANE, {
      owner: 'etcd:etcd',
      distributions: ['rke2'],
    }),
    row('z', '/var/lib/rancher/k3s/server/db/etcd', '0700', ['1.1.11'], CONTROL_PLANE, { distributions: ['k3s'] }),
  ];
}
