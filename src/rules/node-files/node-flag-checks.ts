import { isLoopback, isOff, never } from './flag-check';
import type { FlagCheck } from './flag-check';
import { isTrue } from './program-flags';

/** What the flags of kubelet and kube-proxy must say. The flags of the kubelet win over its file. Numbers are those of kube-bench cis-1.12. */
export const NODE_FLAG_CHECKS: readonly FlagCheck[] = [
  {
    programs: ['kubelet'],
    flag: 'anonymous-auth', // 4.2.1
    safe: isOff,
    risk: 'the flag wins over the file: whoever reaches the kubelet may run commands in every container',
    control: 'AUTH-03',
    remedy: 'remove it, and say it in the file',
  },
  {
    programs: ['kubelet'],
    flag: 'authorization-mode', // 4.2.2
    safe: (value) => value === 'Webhook',
    risk: 'the flag wins over the file: the kubelet does not ask what a client may do',
    control: 'AUTH-03',
    remedy: 'remove it, and say it in the file',
  },
  {
    programs: ['kubelet'],
    flag: 'read-only-port', // 4.2.4
    safe: (value) => value === '0',
    risk: 'the flag wins over the file: a port without TLS shows what runs on the node',
    control: 'NET-13',
    remedy: 'set 0',
  },
  ...['protect-kernel-defaults', 'rotate-certificates', 'seccomp-default', 'make-iptables-util-chains'].map((flag): FlagCheck => ({
    programs: ['kubelet'],
    flag,
    safe: isTrue,
    risk: 'the flag wins over the file',
    control: 'UPG-04',
    remedy: 'remove it, and say it in the file',
  })),
  {
    programs: ['kubelet'],
    flag: 'hostname-override', // 4.2.7
    safe: never,
    risk: 'a node under another name than its own breaks what certificates and audit say of it',
    control: 'NET-20',
    remedy: 'remove it, and name the host as the node is to be called',
  },
  {
    programs: ['kube-proxy'],
    flag: 'metrics-bind-address', // 4.3.1
    safe: isLoopback,
    risk: 'a port without TLS is open to the network',
    control: 'NET-13',
    remedy: 'set 127.0.0.1:10249',
  },
];
