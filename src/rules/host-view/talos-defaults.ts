import type { DistributionFacts } from './distribution-facts';

const CONFIG = '/system/config/kubernetes/kube-apiserver';
const SECRETS = '/system/secrets/kubernetes/kube-apiserver';
const CONTROLLER_SECRETS = '/system/secrets/kubernetes/kube-controller-manager';

/**
 * Flags that 1.13 and 1.14 have in common.
 *
 * @see siderolabs/talos internal/app/machined/pkg/controllers/k8s, control_plane_static_pod.go up to 1.13, then control_plane_final.go
 */
export const TALOS: DistributionFacts = {
  flags: {
    'kube-apiserver': {
      'admission-control-config-file': `${CONFIG}/admission-control-config.yaml`,
      'anonymous-auth': 'false',
      'audit-log-maxage': '30',
      'audit-log-maxbackup': '10',
      'audit-log-maxsize': '100',
      'audit-log-path': '/var/log/audit/kube/kube-apiserver.log',
      'audit-policy-file': `${CONFIG}/auditpolicy.yaml`,
      'authorization-config': `${CONFIG}/authorization-config.yaml`,
      'client-ca-file': `${SECRETS}/ca.crt`,
      'enable-admission-plugins': 'NodeRestriction',
      'encryption-provider-config': `${SECRETS}/encryptionconfig.yaml`,
      'etcd-cafile': `${SECRETS}/etcd-client-ca.crt`,
      'etcd-certfile': `${SECRETS}/etcd-client.crt`,
      'etcd-keyfile': `${SECRETS}/etcd-client.key`,
      'kubelet-client-certificate': `${SECRETS}/apiserver-kubelet-client.crt`,
      'kubelet-client-key': `${SECRETS}/apiserver-kubelet-client.key`,
      profiling: 'false',
      'service-account-key-file': `${SECRETS}/service-account.pub`,
      'service-account-signing-key-file': `${SECRETS}/service-account.key`,
      'tls-cert-file': `${SECRETS}/apiserver.crt`,
      'tls-private-key-file': `${SECRETS}/apiserver.key`,
    },
    'kube-controller-manager': {
      'bind-address': '127.0.0.1',
      profiling: 'false',
      'root-ca-file': `${CONTROLLER_SECRETS}/ca.crt`,
      'service-account-private-key-file': `${CONTROLLER_SECRETS}/service-account.key`,
      'terminated-pod-gc-threshold': '100',
      'use-service-account-credentials': 'true',
    },
    'kube-scheduler': { 'bind-address': '127.0.0.1', profiling: 'false' },
  },
  leavesOut: {},
  leavesOutBeside: { KubeAuthenticationConfig: ['anonymous-auth'] },
  additive: ['enable-admission-plugins', 'feature-gates', 'tls-cipher-suites'],
  mounted: {
    'kube-apiserver': [CONFIG, SECRETS, '/var/log/audit/kube'],
  },
  complete: false,
  setsKernel: true,
  ownEncryption: true,
};
