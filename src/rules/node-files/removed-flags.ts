import type { Program } from './program-flags';

/** A flag that older guides ask for and that programs do not know any more, with what takes its place. */
export interface RemovedFlag {
  readonly programs: readonly Program[];
  /** Without dashes; one that ends in `-` stands for all that begin so. */
  readonly flag: string;
  /** What takes its place. */
  readonly instead: string;
}

/**
 * What to write instead of flags that are gone; which minors know them is in the tables. Those of etcd 3.7, which 1.37 brings,
 * follow its release notes (kubernetes/kubernetes#132838, #135701).
 */
export const REMOVED_FLAGS: readonly RemovedFlag[] = [
  { programs: ['kube-apiserver'], flag: 'insecure-port', instead: 'nothing: the port is gone since 1.24' },
  { programs: ['kube-apiserver'], flag: 'insecure-bind-address', instead: 'nothing: the port is gone since 1.24' },
  { programs: ['kube-apiserver'], flag: 'kubelet-https', instead: 'nothing: it is always on' },
  { programs: ['kube-apiserver'], flag: 'basic-auth-file', instead: 'an authentication file with an OIDC issuer' },
  {
    programs: ['kube-apiserver'],
    flag: 'experimental-encryption-provider-config',

    instead: 'encryption-provider-config',
  },
  { programs: ['kube-apiserver'], flag: 'repair-malformed-updates', instead: 'nothing' },
  { programs: ['kube-apiserver'], flag: 'service-account-api-audiences', instead: 'api-audiences' },
  { programs: ['kube-controller-manager', 'kube-scheduler'], flag: 'port', instead: 'nothing: only the TLS port is left' },
  { programs: ['kube-controller-manager', 'kube-scheduler'], flag: 'address', instead: 'bind-address' },
  { programs: ['kube-controller-manager'], flag: 'pod-eviction-timeout', instead: 'tolerations of pods' },
  {
    programs: ['kube-controller-manager'],
    flag: 'experimental-cluster-signing-duration',

    instead: 'cluster-signing-duration',
  },
  {
    programs: ['kube-controller-manager'],
    flag: 'insecure-experimental-approve-all-kubelet-csrs-for-group',

    instead: 'an approver that checks what it approves',
  },
  { programs: ['kube-scheduler'], flag: 'policy-config-file', instead: 'config, with a KubeSchedulerConfiguration' },
  { programs: ['kubelet'], flag: 'allow-privileged', instead: 'Pod Security admission' },
  { programs: ['kubelet'], flag: 'cadvisor-port', instead: 'nothing: the port is gone' },
  { programs: ['kubelet'], flag: 'container-runtime', instead: 'container-runtime-endpoint' },
  { programs: ['kubelet'], flag: 'dynamic-config-dir', instead: 'config-dir, with drop-in files' },
  { programs: ['kubelet'], flag: 'network-plugin', instead: 'the configuration of the container runtime' },
  { programs: ['etcd'], flag: 'enable-v2', instead: 'nothing: the old store is gone' },
  { programs: ['etcd'], flag: 'experimental-', instead: 'the flag without `experimental-`, or feature-gates' },
];
