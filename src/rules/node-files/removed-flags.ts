import type { KubernetesMinor } from '../../settings';
import type { Program } from './program-flags';

/** A flag that a program does not know any more: given one, it does not start. */
export interface RemovedFlag {
  readonly programs: readonly Program[];
  /** Without dashes; one that ends in `-` stands for all that begin so. */
  readonly flag: string;
  /** First of the supported minors without it. */
  readonly since: KubernetesMinor;
  /** What takes its place. */
  readonly instead: string;
}

/**
 * Flags that older guides ask for, the NSA/CISA one too. Each was given to the programs of 1.36.3, which ended with "unknown
 * flag"; those of etcd 3.7, which 1.37 brings, follow its release notes (kubernetes/kubernetes#132838, #135701).
 */
export const REMOVED_FLAGS: readonly RemovedFlag[] = [
  { programs: ['kube-apiserver'], flag: 'insecure-port', since: '1.35', instead: 'nothing: the port is gone since 1.24' },
  { programs: ['kube-apiserver'], flag: 'insecure-bind-address', since: '1.35', instead: 'nothing: the port is gone since 1.24' },
  { programs: ['kube-apiserver'], flag: 'kubelet-https', since: '1.35', instead: 'nothing: it is always on' },
  { programs: ['kube-apiserver'], flag: 'basic-auth-file', since: '1.35', instead: 'an authentication file with an OIDC issuer' },
  {
    programs: ['kube-apiserver'],
    flag: 'experimental-encryption-provider-config',
    since: '1.35',
    instead: 'encryption-provider-config',
  },
  { programs: ['kube-apiserver'], flag: 'repair-malformed-updates', since: '1.35', instead: 'nothing' },
  { programs: ['kube-apiserver'], flag: 'service-account-api-audiences', since: '1.35', instead: 'api-audiences' },
  { programs: ['kube-controller-manager', 'kube-scheduler'], flag: 'port', since: '1.35', instead: 'nothing: only the TLS port is left' },
  { programs: ['kube-controller-manager', 'kube-scheduler'], flag: 'address', since: '1.35', instead: 'bind-address' },
  { programs: ['kube-controller-manager'], flag: 'pod-eviction-timeout', since: '1.35', instead: 'tolerations of pods' },
  {
    programs: ['kube-controller-manager'],
    flag: 'experimental-cluster-signing-duration',
    since: '1.35',
    instead: 'cluster-signing-duration',
  },
  {
    programs: ['kube-controller-manager'],
    flag: 'insecure-experimental-approve-all-kubelet-csrs-for-group',
    since: '1.35',
    instead: 'an approver that checks what it approves',
  },
  { programs: ['kube-scheduler'], flag: 'policy-config-file', since: '1.35', instead: 'config, with a KubeSchedulerConfiguration' },
  { programs: ['kubelet'], flag: 'allow-privileged', since: '1.35', instead: 'Pod Security admission' },
  { programs: ['kubelet'], flag: 'cadvisor-port', since: '1.35', instead: 'nothing: the port is gone' },
  { programs: ['kubelet'], flag: 'container-runtime', since: '1.35', instead: 'container-runtime-endpoint' },
  { programs: ['kubelet'], flag: 'dynamic-config-dir', since: '1.35', instead: 'config-dir, with drop-in files' },
  { programs: ['kubelet'], flag: 'network-plugin', since: '1.35', instead: 'the configuration of the container runtime' },
  { programs: ['etcd'], flag: 'enable-v2', since: '1.35', instead: 'nothing: the old store is gone' },
  { programs: ['etcd'], flag: 'experimental-', since: '1.37', instead: 'the flag without `experimental-`, or feature-gates' },
];
