import type { TlsVersion } from '../../rules';

/** How components speak TLS: one choice for all of them. */
export interface TlsSection {
  /** Oldest version that is spoken. */
  readonly minVersion: TlsVersion;
}

/** Where nobody says otherwise: every client of Kubernetes in use speaks it, and it has no weak suites. */
export const DEFAULT_TLS: TlsSection = { minVersion: '1.3' };
