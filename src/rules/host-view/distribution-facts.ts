import type { Distribution } from '../../settings';
import type { Program } from '../node-files';

/** Files that a distribution writes on hosts. */
export interface WrittenFile {
  /** Absolute; `*` stands for a part of one name. */
  readonly path: string;
  /** Octal. */
  readonly mode: string;
}

/** What a distribution does with the programs of a cluster, whatever our files say. */
export interface DistributionFacts {
  /** Flags that it gives by itself; one that a file gives too takes its place. */
  readonly flags: Readonly<Partial<Record<Program, Readonly<Record<string, string>>>>>;
  /** Flags of its own that it leaves out when a file gives another, by that other. */
  readonly leavesOut: Readonly<Record<string, readonly string[]>>;
  /** Flags that are left out of the API server for a reason of this distribution. @default - none */
  readonly flagsWithout?: readonly string[];
  /** Flags whose value is added to its own, instead of taking its place. */
  readonly additive: readonly string[];
  /**
   * Folders that a program sees beside those that files mount into it. Undefined: it sees every file that a flag names, since it runs
   * on the host, or since the distribution mounts it.
   */
  readonly mounted?: Readonly<Partial<Record<Program, readonly string[]>>>;
  /** Fields that it sets in a KubeletConfiguration which leaves them out. @default - none */
  readonly kubelet?: Readonly<Record<string, unknown>>;
  /** Fields that it sets whatever a KubeletConfiguration says. @default - none */
  readonly kubeletAlways?: Readonly<Record<string, unknown>>;
  /** Fields that are left out of a KubeletConfiguration for a reason of this distribution. @default - none */
  readonly kubeletWithout?: readonly string[];
  /** Files that it writes, with the mode and owner that they have then. @default - unknown */
  readonly writes?: readonly WrittenFile[];
  /** Whether these are all the flags that it gives by itself. */
  readonly complete: boolean;
  /** Whether it sets the kernel as kubelets want it (`protectKernelDefaults`) by itself. @default false */
  readonly setsKernel?: boolean;
  /** Whether it encrypts Secrets with a configuration and keys of its own. */
  readonly ownEncryption: boolean;
}

const CERTIFICATES_OF_HOSTS = [
  '/etc/ssl/certs',
  '/etc/ca-certificates',
  '/usr/share/ca-certificates',
  '/usr/local/share/ca-certificates',
  '/etc/pki',
];
const PKI = '/etc/kubernetes/pki';

/**
 * What `kubeadm init` of 1.35.4, 1.36.3 and 1.37.2 writes into static pods, as `--dry-run` prints it for a file without extraArgs,
 * less addresses and names.
 */
const KUBEADM: DistributionFacts = {
  flags: {
    'kube-apiserver': {
      'allow-privileged': 'true',
      'authorization-mode': 'Node,RBAC',
      'client-ca-file': `${PKI}/ca.crt`,
      'enable-admission-plugins': 'NodeRestriction',
      'enable-bootstrap-token-auth': 'true',
      'etcd-cafile': `${PKI}/etcd/ca.crt`,
      'etcd-certfile': `${PKI}/apiserver-etcd-client.crt`,
      'etcd-keyfile': `${PKI}/apiserver-etcd-client.key`,
      'etcd-servers': 'https://127.0.0.1:2379',
      'kubelet-client-certificate': `${PKI}/apiserver-kubelet-client.crt`,
      'kubelet-client-key': `${PKI}/apiserver-kubelet-client.key`,
      'proxy-client-cert-file': `${PKI}/front-proxy-client.crt`,
      'proxy-client-key-file': `${PKI}/front-proxy-client.key`,
      'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
      'service-account-key-file': `${PKI}/sa.pub`,
      'service-account-signing-key-file': `${PKI}/sa.key`,
      'tls-cert-file': `${PKI}/apiserver.crt`,
      'tls-private-key-file': `${PKI}/apiserver.key`,
    },
    'kube-controller-manager': {
      'authentication-kubeconfig': '/etc/kubernetes/controller-manager.conf',
      'authorization-kubeconfig': '/etc/kubernetes/controller-manager.conf',
      'bind-address': '127.0.0.1',
      'client-ca-file': `${PKI}/ca.crt`,
      'cluster-signing-cert-file': `${PKI}/ca.crt`,
      'cluster-signing-key-file': `${PKI}/ca.key`,
      kubeconfig: '/etc/kubernetes/controller-manager.conf',
      'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
      'root-ca-file': `${PKI}/ca.crt`,
      'service-account-private-key-file': `${PKI}/sa.key`,
      'use-service-account-credentials': 'true',
    },
    'kube-scheduler': {
      'authentication-kubeconfig': '/etc/kubernetes/scheduler.conf',
      'authorization-kubeconfig': '/etc/kubernetes/scheduler.conf',
      'bind-address': '127.0.0.1',
      kubeconfig: '/etc/kubernetes/scheduler.conf',
    },
    etcd: {
      'cert-file': `${PKI}/etcd/server.crt`,
      'client-cert-auth': 'true',
      'data-dir': '/var/lib/etcd',
      'key-file': `${PKI}/etcd/server.key`,
      'listen-metrics-urls': 'http://127.0.0.1:2381',
      'peer-cert-file': `${PKI}/etcd/peer.crt`,
      'peer-client-cert-auth': 'true',
      'peer-key-file': `${PKI}/etcd/peer.key`,
      'peer-trusted-ca-file': `${PKI}/etcd/ca.crt`,
      'trusted-ca-file': `${PKI}/etcd/ca.crt`,
    },
  },
  // @see kubernetes/kubernetes cmd/kubeadm/app/phases/controlplane/manifests.go
  leavesOut: { 'authorization-config': ['authorization-mode'] },
  additive: [],
  mounted: {
    'kube-apiserver': [PKI, ...CERTIFICATES_OF_HOSTS],
    'kube-controller-manager': [PKI, '/etc/kubernetes/controller-manager.conf', ...CERTIFICATES_OF_HOSTS],
    'kube-scheduler': ['/etc/kubernetes/scheduler.conf'],
    etcd: ['/var/lib/etcd', `${PKI}/etcd`],
  },
  // @see kubernetes/kubernetes cmd/kubeadm/app/componentconfigs/kubelet.go
  kubelet: {
    'authentication.anonymous.enabled': false,
    'authentication.webhook.enabled': true,
    'authentication.x509.clientCAFile': `${PKI}/ca.crt`,
    'authorization.mode': 'Webhook',
  },
  kubeletAlways: { rotateCertificates: true },
  // Modes as `kubeadm init` wrote them; the unit is that of the packages of pkgs.k8s.io. All belong to root.
  writes: [
    { path: '/etc/kubernetes/*.conf', mode: '0600' },
    { path: '/etc/kubernetes/manifests/*.yaml', mode: '0600' },
    { path: `${PKI}/*.crt`, mode: '0644' },
    { path: `${PKI}/etcd/*.crt`, mode: '0644' },
    { path: `${PKI}/*.key`, mode: '0600' },
    { path: `${PKI}/etcd/*.key`, mode: '0600' },
    { path: '/var/lib/etcd', mode: '0700' },
    { path: '/var/lib/kubelet/config.yaml', mode: '0644' },
    { path: '/usr/lib/systemd/system/kubelet.service', mode: '0644' },
  ],
  complete: true,
  ownEncryption: false,
};

/** @see k3s-io/k3s pkg/daemons/control/server.go: every program in one process. RKE2 starts them with the same arguments. */
const K3S: DistributionFacts = {
  flags: {
    'kube-apiserver': {
      'anonymous-auth': 'false',
      'authorization-mode': 'Node,RBAC',
      'client-ca-file': '/var/lib/rancher/k3s/server/tls/client-ca.crt',
      'enable-admission-plugins': 'NodeRestriction',
      'kubelet-certificate-authority': '/var/lib/rancher/k3s/server/tls/server-ca.crt',
      profiling: 'false',
    },
    'kube-controller-manager': { 'bind-address': '127.0.0.1', profiling: 'false', 'use-service-account-credentials': 'true' },
    'kube-scheduler': { 'bind-address': '127.0.0.1', profiling: 'false' },
  },
  // @see k3s-io/k3s#12245
  leavesOut: { 'authorization-config': ['authorization-mode'], 'authentication-config': ['anonymous-auth'] },
  additive: [],
  complete: false,
  ownEncryption: true,
};

/** @see rancher/rke2 pkg/executor/staticpod/staticpod.go; files that flags name are mounted by `writeTemplate` */
const RKE2: DistributionFacts = {
  ...K3S,
  flags: {
    ...K3S.flags,
    'kube-apiserver': {
      ...K3S.flags['kube-apiserver'],
      'audit-log-maxage': '30',
      'audit-log-maxbackup': '10',
      'audit-log-maxsize': '100',
      'audit-log-path': '/var/lib/rancher/rke2/server/logs/audit.log',
      'client-ca-file': '/var/lib/rancher/rke2/server/tls/client-ca.crt',
      'kubelet-certificate-authority': '/var/lib/rancher/rke2/server/tls/server-ca.crt',
    },
    'kube-controller-manager': { ...K3S.flags['kube-controller-manager'], 'terminated-pod-gc-threshold': '1000' },
  },
};

/** @see siderolabs/talos internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go */
const TALOS: DistributionFacts = {
  flags: {
    'kube-apiserver': {
      'anonymous-auth': 'false',
      'audit-log-maxage': '30',
      'audit-log-maxbackup': '10',
      'audit-log-maxsize': '100',
      'audit-log-path': '/var/log/audit/kube/kube-apiserver.log',
      'audit-policy-file': '/system/config/kubernetes/kube-apiserver/auditpolicy.yaml',
      'authorization-config': '/system/config/kubernetes/kube-apiserver/authorization-config.yaml',
      'enable-admission-plugins': 'NodeRestriction',
      profiling: 'false',
    },
    'kube-controller-manager': {
      'bind-address': '127.0.0.1',
      profiling: 'false',
      'terminated-pod-gc-threshold': '100',
      'use-service-account-credentials': 'true',
    },
    'kube-scheduler': { 'bind-address': '127.0.0.1', profiling: 'false' },
  },
  leavesOut: {},
  additive: ['enable-admission-plugins', 'feature-gates', 'tls-cipher-suites'],
  mounted: {
    'kube-apiserver': ['/system/config/kubernetes/kube-apiserver', '/system/secrets/kubernetes/kube-apiserver', '/var/log/audit/kube'],
  },
  complete: false,
  setsKernel: true,
  ownEncryption: true,
};

/** By distribution; those that a provider runs take no flags and no files. */
export const DISTRIBUTION_FACTS: Readonly<Partial<Record<Distribution, DistributionFacts>>> = {
  kubeadm: KUBEADM,
  // Its nodes share the kernel of the machine that kind runs on, and nobody is there to approve certificates while it makes them.
  kind: { ...KUBEADM, kubeletWithout: ['protectKernelDefaults', 'serverTLSBootstrap'], flagsWithout: ['kubelet-certificate-authority'] },
  k3s: K3S,
  rke2: RKE2,
  talos: TALOS,
};
