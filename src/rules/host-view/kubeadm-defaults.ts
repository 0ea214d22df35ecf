import type { DistributionFacts } from './distribution-facts';

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
export const KUBEADM: DistributionFacts = {
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

/** Its nodes share the kernel of the machine that kind runs on, and nobody is there to approve certificates while it makes them. */
export const KIND: DistributionFacts = {
  ...KUBEADM,
  kubeletWithout: ['protectKernelDefaults', 'serverTLSBootstrap'],
  flagsWithout: ['kubelet-certificate-authority'],
};
