import type { DistributionFacts } from './distribution-facts';

/** @see k3s-io/k3s pkg/daemons/control/server.go: every program in one process. RKE2 starts them with the same arguments. */
export const K3S: DistributionFacts = {
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
export const RKE2: DistributionFacts = {
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
