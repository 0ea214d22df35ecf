import { etcdTlsVersion, kubernetesTlsVersion, TLS12_CIPHERS } from '../../rules';
import type { TlsVersion } from '../../rules';
import type { ControlPlaneSpec } from '../control-plane-spec';
import { FLAGGED_PROGRAMS } from '../host-parts';
import type { Flag, FlaggedProgram, HostParts } from '../host-parts';

/** The flags of TLS, on every program that has them. */
export function tlsHostParts({ tls }: ControlPlaneSpec): HostParts {
  return tls === undefined
    ? {}
    : { flags: Object.fromEntries(FLAGGED_PROGRAMS.map((program) => [program, tlsFlags(program, tls.minVersion)])) };
}

/**
 * Version, and with 1.2 the suites: with 1.3 there is no list to give, and etcd ends with "cipher suites cannot be configured
 * when only TLS1.3 is enabled".
 */
function tlsFlags(program: FlaggedProgram, version: TlsVersion): readonly Flag[] {
  const etcd = program === 'etcd';
  const suites = { name: etcd ? 'cipher-suites' : 'tls-cipher-suites', value: TLS12_CIPHERS.join(',') };
  return [
    ...(version === '1.2' ? [suites] : []),
    { name: 'tls-min-version', value: etcd ? etcdTlsVersion(version) : kubernetesTlsVersion(version) },
  ];
}
