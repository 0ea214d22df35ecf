import { isLoopback, isOff, isStrong } from './flag-check';
import type { FlagCheck } from './flag-check';
import { goSeconds } from './go-duration';
import { isTrue, itemsOf } from './program-flags';
import type { Program } from './program-flags';

const CONTROLLERS = ['kube-controller-manager', 'kube-scheduler'] as const satisfies readonly Program[];
const SERVERS = ['kube-apiserver', ...CONTROLLERS] as const satisfies readonly Program[];

/** Seconds of a year, the longest that a certificate signed on request may be valid. */
const YEAR = 365 * 24 * 3600;

/** Whether it is a time, and not longer; what is none stops the program. */
function isAtMostYear(value: string): boolean {
  const seconds = goSeconds(value) ?? Infinity;
  return seconds >= 0 && seconds <= YEAR;
}

/** What the flags must say that several programs have, or kube-controller-manager and kube-scheduler. Numbers are those of kube-bench cis-1.12. */
export const COMPONENT_FLAG_CHECKS: readonly FlagCheck[] = [
  {
    programs: SERVERS,
    flag: 'profiling', // 1.2.15, 1.3.2, 1.4.1
    safe: isOff,
    required: true,
    risk: 'profiles show what the program holds in memory, and taking one slows it down',
    control: 'UPG-04',
    remedy: 'set false',
  },
  {
    programs: [...SERVERS, 'kubelet'],
    flag: 'tls-min-version',
    safe: (value) => value === 'VersionTLS13' || value === 'VersionTLS12',
    risk: 'the program speaks a TLS version that is broken, or does not start because it knows no such version',
    control: 'NET-20',
    remedy: 'set VersionTLS13 or VersionTLS12',
  },
  {
    programs: [...SERVERS, 'kubelet'],
    flag: 'tls-cipher-suites', // 1.2.29, 4.2.12
    safe: isStrong,
    risk: 'a suite is weak, or is not known',
    control: 'NET-20',
    remedy: 'use suites of ECDHE with AES-GCM, or VersionTLS13 without a list',
  },
  {
    programs: CONTROLLERS,
    flag: 'bind-address', // 1.3.7, 1.4.2
    safe: isLoopback,
    required: true,
    risk: 'a port that only the node itself needs is open to the network',
    control: 'NET-13',
    remedy: 'set 127.0.0.1',
  },
  {
    programs: CONTROLLERS,
    flag: 'authorization-always-allow-paths',
    safe: (value) => itemsOf(value).every((path) => ['/healthz', '/readyz', '/livez'].includes(path)),
    risk: 'a path that shows more than health is open to everybody',
    control: 'AUTH-02',
    remedy: 'remove it',
  },
  {
    programs: ['kube-controller-manager'],
    flag: 'use-service-account-credentials', // 1.3.3
    safe: isTrue,
    required: true,
    risk: 'every controller acts with the rights of all of them',
    control: 'AUTH-05',
    remedy: 'set true',
  },
  {
    programs: ['kube-controller-manager'],
    flag: 'terminated-pod-gc-threshold', // 1.3.1
    safe: (value) => Number(value) > 0 && Number(value) <= 1000,
    required: true,
    risk: 'finished pods pile up (the default is 12500), and fill the store',
    control: 'UPG-03',
    remedy: 'set 100',
  },
  {
    programs: ['kube-controller-manager'],
    flag: 'cluster-signing-duration',
    safe: isAtMostYear,
    risk: 'a certificate cannot be taken back, so that a stolen one works for more than a year',
    control: 'NET-20',
    remedy: 'set 4380h0m0s (half a year)',
  },
];
