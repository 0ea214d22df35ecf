import type { Distribution } from '../settings';

/** Where things lie on the hosts of a distribution that is set up with files. Absolute paths. */
export interface HostLayout {
  /** Folder of what this project adds for the API server; mounted into it whole and read-only. */
  readonly hardening: string;
  /** File that the API server writes the audit log to; its folder is mounted whole and writable. */
  readonly auditLog: string;
  /** Folder of the cluster's certificates. */
  readonly pki: string;
  /** Certificate authority that kubelets trust clients by, on every node. */
  readonly clientCa: string;
  /** Folder of the kubelet's drop-in files; undefined where its whole configuration is written. */
  readonly kubeletDropIns?: string;
}

/** kubeadm, and kind, whose nodes kubeadm sets up. */
export const KUBEADM_LAYOUT: HostLayout = {
  hardening: '/etc/kubernetes/hardening',
  auditLog: '/var/log/kubernetes/audit/audit.log',
  pki: '/etc/kubernetes/pki',
  clientCa: '/etc/kubernetes/pki/ca.crt',
};

export const K3S_LAYOUT: HostLayout = {
  hardening: '/var/lib/rancher/k3s/server/hardening',
  auditLog: '/var/lib/rancher/k3s/server/logs/audit.log',
  pki: '/var/lib/rancher/k3s/server/tls',
  clientCa: '/var/lib/rancher/k3s/agent/client-ca.crt',
  kubeletDropIns: '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d',
};

export const RKE2_LAYOUT: HostLayout = {
  hardening: '/etc/rancher/rke2/hardening',
  auditLog: '/var/lib/rancher/rke2/server/logs/audit.log',
  pki: '/var/lib/rancher/rke2/server/tls',
  clientCa: '/var/lib/rancher/rke2/agent/client-ca.crt',
  kubeletDropIns: '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d',
};

/** Layouts by distribution. Talos and the managed ones take no files. */
export const HOST_LAYOUTS: Readonly<Partial<Record<Distribution, HostLayout>>> = {
  kubeadm: KUBEADM_LAYOUT,
  kind: KUBEADM_LAYOUT,
  k3s: K3S_LAYOUT,
  rke2: RKE2_LAYOUT,
};
