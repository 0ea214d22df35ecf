import type { KubernetesMinor } from '../../settings';
import type { FlaggedProgram } from '../host-parts';

/** Talos releases by how they take Kubernetes settings: 1.13 in one document, 1.14 in a document for each. */
export type TalosVersion = '1.13' | '1.14';

/** The release whose own Kubernetes is of the minor, or the newest before it. */
export const TALOS_VERSIONS: Readonly<Record<KubernetesMinor, TalosVersion>> = { '1.35': '1.13', '1.36': '1.13', '1.37': '1.14' };

/** What Talos sets to the same or better by itself, or has a field of its own for, in both. */
const OWN: Readonly<Record<FlaggedProgram, readonly string[]>> = {
  'kube-apiserver': [
    ...['admission-control-config-file', 'audit-log-path', 'audit-policy-file', 'authentication-config', 'authorization-config'],
    // Given as a flag, it takes the place of Talos' own file of authorizers (control_plane_final.go).
    ...['authorization-mode', 'enable-admission-plugins', 'profiling', 'tls-cipher-suites'],
  ],
  'kube-controller-manager': ['bind-address', 'profiling', 'tls-cipher-suites', 'tls-min-version', 'use-service-account-credentials'],
  'kube-scheduler': ['bind-address', 'profiling', 'tls-cipher-suites', 'tls-min-version'],
  // etcd does not start when one of these is given a second time, whatever its value (services/etcd.go).
  etcd: ['auto-tls', 'client-cert-auth', 'peer-auto-tls', 'peer-client-cert-auth'],
};

/** Flags that 1.14 refuses beside: it speaks TLS 1.3 and nothing else. */
const OWN_SINCE_1_14: Readonly<Partial<Record<FlaggedProgram, readonly string[]>>> = {
  'kube-apiserver': ['tls-min-version'],
  etcd: ['cipher-suites', 'tls-min-version'],
};

/** Flags that are not written for a program. */
export function flagsOfTalos(version: TalosVersion, program: FlaggedProgram): readonly string[] {
  return [...OWN[program], ...(version === '1.14' ? (OWN_SINCE_1_14[program] ?? []) : [])];
}

/**
 * Settings of the kernel that Talos has by itself, to the same or a stricter value (kernel.yama.ptrace_scope is 2 there): those of
 * pkg/kernel/kspp, and the defaults of its controllers.
 */
export const SYSCTLS_OF_TALOS: readonly string[] = [
  ...['dev.tty.ldisc_autoload', 'fs.protected_fifos', 'fs.protected_hardlinks', 'fs.protected_regular', 'fs.protected_symlinks'],
  ...['fs.suid_dumpable', 'kernel.dmesg_restrict', 'kernel.kptr_restrict', 'kernel.panic', 'kernel.perf_event_paranoid'],
  ...['kernel.randomize_va_space', 'kernel.unprivileged_bpf_disabled', 'kernel.yama.ptrace_scope', 'net.core.bpf_jit_harden'],
  ...['net.bridge.bridge-nf-call-ip6tables', 'net.bridge.bridge-nf-call-iptables', 'net.ipv4.icmp_echo_ignore_broadcasts'],
  ...['net.ipv4.ip_forward', 'vm.overcommit_memory'],
];

/** Without it, no pod with `hostUsers: false` starts: Talos allows no user namespaces. The number is that of its own tests. */
export const USER_NAMESPACES = { 'user.max_user_namespaces': '11255' } as const;
