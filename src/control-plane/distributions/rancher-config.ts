/** Keys of `config.yaml` that agents of k3s and RKE2 have, and servers too: the flags of their command line. */
export interface AgentConfig {
  readonly 'kube-proxy-arg'?: readonly string[];
  readonly 'protect-kernel-defaults'?: true;
  readonly selinux?: true;
  /** RKE2: looks at the host before it starts (kernel settings, the user etcd). */
  readonly profile?: 'cis';
}

/** Keys that servers have beside. */
export interface ServerConfig extends AgentConfig {
  /** RKE2. */
  readonly 'audit-policy-file'?: string;
  readonly 'cluster-cidr': string;
  /** RKE2. */
  readonly cni?: 'calico' | 'canal' | 'cilium' | 'flannel' | 'none';
  /** k3s. */
  readonly 'disable-network-policy'?: true;
  readonly 'etcd-arg'?: readonly string[];
  readonly 'etcd-snapshot-compress'?: true;
  readonly 'etcd-snapshot-dir'?: string;
  readonly 'etcd-snapshot-retention'?: number;
  readonly 'etcd-snapshot-schedule-cron'?: string;
  /** k3s. */
  readonly 'flannel-backend'?: 'none';
  /** k3s: the port that clients see. */
  readonly 'https-listen-port'?: number;
  readonly 'kube-apiserver-arg'?: readonly string[];
  /** RKE2: `source:target:ro`, for what lies outside of the folders that it mounts by itself. */
  readonly 'kube-apiserver-extra-mount'?: readonly string[];
  readonly 'kube-controller-manager-arg'?: readonly string[];
  readonly 'kube-scheduler-arg'?: readonly string[];
  /** RKE2. */
  readonly 'pod-security-admission-config-file'?: string;
  /** k3s; RKE2 always encrypts. */
  readonly 'secrets-encryption'?: true;
  readonly 'secrets-encryption-provider'?: 'aescbc' | 'secretbox';
  readonly 'service-cidr': string;
  readonly 'tls-san': readonly string[];
  readonly 'tls-san-security': true;
  readonly 'write-kubeconfig-mode': '0600';
}
