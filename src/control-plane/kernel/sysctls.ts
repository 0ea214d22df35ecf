import type { ControlId } from '../../controls';
import { KERNEL_DEFAULTS } from '../../rules';

/** A setting of the kernel, and why. */
export interface Sysctl {
  readonly key: string;
  readonly value: string;
  readonly control: ControlId;
  /** What it is for; a comment in the file. */
  readonly why: string;
  /** Whether it is for clusters whose pods have IPv6 addresses only. @default false */
  readonly ipv6Pods?: boolean;
  /** Whether some kernels do not have it, so that a host without it is no fault. @default false */
  readonly optional?: boolean;
}

const KUBELET = 'compared by the kubelet (protectKernelDefaults)';

/** What the kubelet compares, each exactly. */
export const KUBELET_SYSCTLS: readonly Sysctl[] = Object.entries(KERNEL_DEFAULTS).map(([key, value]) => ({
  key,
  value,
  control: 'UPG-04',
  why: KUBELET,
}));

/**
 * What pods need to reach each other. `net.bridge.*` is there only when br_netfilter is loaded. A host that forwards IPv6 takes its
 * routes from no router advertisement any more (kernel ip-sysctl, accept_ra), so it does only where pods need it.
 */
export const NETWORK_SYSCTLS: readonly Sysctl[] = [
  { key: 'net.ipv4.ip_forward', value: '1', control: 'NET-01', why: 'pods are routed' },
  { key: 'net.ipv6.conf.all.forwarding', value: '1', control: 'NET-01', why: 'pods are routed', ipv6Pods: true },
  { key: 'net.bridge.bridge-nf-call-iptables', value: '1', control: 'NET-01', why: 'policies see bridged traffic', optional: true },
  { key: 'net.bridge.bridge-nf-call-ip6tables', value: '1', control: 'NET-01', why: 'policies see bridged traffic', optional: true },
];

const LEAKS = 'addresses of the kernel stay in the kernel';
const LINKS = 'nobody tricks a program into files of others';
const ROUTES = 'nobody outside changes the routes of the host';

/**
 * Hardening of the host. `rp_filter` is not here: it drops packets that Cilium and some modes of Calico send on purpose. Neither is
 * `user.max_user_namespaces`: pods with `hostUsers: false` need it above 0.
 */
export const HOST_SYSCTLS: readonly Sysctl[] = [
  { key: 'dev.tty.ldisc_autoload', value: '0', control: 'UPG-04', why: 'no kernel modules by opening a terminal', optional: true },
  { key: 'fs.protected_fifos', value: '2', control: 'UPG-04', why: LINKS },
  { key: 'fs.protected_hardlinks', value: '1', control: 'UPG-04', why: LINKS },
  { key: 'fs.protected_regular', value: '2', control: 'UPG-04', why: LINKS },
  { key: 'fs.protected_symlinks', value: '1', control: 'UPG-04', why: LINKS },
  { key: 'fs.suid_dumpable', value: '0', control: 'UPG-04', why: 'no memory dumps of privileged programs' },
  { key: 'kernel.dmesg_restrict', value: '1', control: 'UPG-04', why: LEAKS },
  { key: 'kernel.kexec_load_disabled', value: '1', control: 'UPG-04', why: 'no other kernel without a reboot', optional: true },
  { key: 'kernel.kptr_restrict', value: '2', control: 'UPG-04', why: LEAKS },
  { key: 'kernel.perf_event_paranoid', value: '3', control: 'UPG-04', why: LEAKS, optional: true },
  { key: 'kernel.randomize_va_space', value: '2', control: 'UPG-04', why: 'addresses of programs cannot be guessed' },
  {
    key: 'kernel.unprivileged_bpf_disabled',
    value: '1',
    control: 'UPG-04',
    why: 'until the next boot, only root loads BPF',
    optional: true,
  },
  { key: 'kernel.yama.ptrace_scope', value: '1', control: 'UPG-04', why: 'a program is traced by its parent only', optional: true },
  { key: 'net.core.bpf_jit_harden', value: '2', control: 'UPG-04', why: 'no code smuggled in as constants of BPF', optional: true },
  { key: 'net.ipv4.conf.all.accept_redirects', value: '0', control: 'UPG-04', why: ROUTES },
  { key: 'net.ipv4.conf.all.accept_source_route', value: '0', control: 'UPG-04', why: ROUTES },
  { key: 'net.ipv4.conf.all.send_redirects', value: '0', control: 'UPG-04', why: 'the host tells nobody its routes' },
  { key: 'net.ipv4.conf.default.send_redirects', value: '0', control: 'UPG-04', why: 'the host tells nobody its routes' },
  { key: 'net.ipv4.conf.all.log_martians', value: '1', control: 'LOG-17', why: 'impossible addresses are logged' },
  { key: 'net.ipv4.icmp_echo_ignore_broadcasts', value: '1', control: 'UPG-04', why: 'the host answers no broadcast' },
  { key: 'net.ipv4.tcp_syncookies', value: '1', control: 'UPG-04', why: 'half-open connections do not fill the host' },
  { key: 'net.ipv6.conf.all.accept_redirects', value: '0', control: 'UPG-04', why: ROUTES, optional: true },
  { key: 'net.ipv6.conf.all.accept_source_route', value: '0', control: 'UPG-04', why: ROUTES, optional: true },
];

/** Modules that must be there before their settings are: overlay for images, br_netfilter for `net.bridge.*`. */
export const KERNEL_MODULES = ['br_netfilter', 'overlay'] as const;
