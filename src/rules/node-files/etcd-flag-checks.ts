import { isHttps, isLoopback, isOff, isStrong } from './flag-check';
import type { FlagCheck } from './flag-check';
import { isTrue, itemsOf } from './program-flags';

/** What the flags of etcd must say. Numbers are those of kube-bench cis-1.12. */
export const ETCD_FLAG_CHECKS: readonly FlagCheck[] = [
  ...['auto-tls', 'peer-auto-tls'].map((flag): FlagCheck => ({
    programs: ['etcd'],
    flag, // 2.3, 2.6
    safe: isOff,
    risk: 'etcd makes its own certificate, which nobody can check',
    control: 'NET-17',
    remedy: 'set false',
  })),
  ...['client-cert-auth', 'peer-client-cert-auth'].map((flag): FlagCheck => ({
    programs: ['etcd'],
    flag, // 2.2, 2.5
    safe: isTrue,
    risk: 'whoever reaches the port reads and writes the whole store',
    control: 'NET-17',
    remedy: 'set true',
  })),
  ...['listen-client-urls', 'advertise-client-urls', 'listen-peer-urls', 'initial-advertise-peer-urls'].map((flag): FlagCheck => ({
    programs: ['etcd'],
    flag, // 2.1, 2.4
    safe: isHttps,
    risk: 'what is stored, Secrets too, crosses the network in the clear',
    control: 'NET-17',
    remedy: 'use https://',
  })),
  {
    programs: ['etcd'],
    flag: 'listen-metrics-urls',
    safe: (value) => itemsOf(value).every((url) => url.startsWith('https://') || isLoopback(url.replace(/^http:\/\//, ''))),
    risk: 'a port without TLS is open to the network',
    control: 'NET-16',
    remedy: 'set http://127.0.0.1:2381',
  },
  {
    programs: ['etcd'],
    flag: 'tls-min-version',
    safe: (value) => value === 'TLS1.3' || value === 'TLS1.2',
    risk: 'etcd speaks a TLS version that is broken, or does not start: it spells versions in its own way',
    control: 'NET-20',
    remedy: 'set TLS1.3 or TLS1.2',
  },
  {
    programs: ['etcd'],
    flag: 'cipher-suites',
    safe: isStrong,
    risk: 'a suite is weak, or is not known',
    control: 'NET-20',
    remedy: 'use suites of ECDHE with AES-GCM, or TLS1.3 without a list',
  },
  {
    programs: ['etcd'],
    flag: 'enable-pprof',
    safe: isOff,
    risk: 'profiles show what etcd holds in memory',
    control: 'UPG-04',
    remedy: 'remove it',
  },
];
