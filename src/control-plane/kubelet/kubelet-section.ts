import type { Distribution } from '../../settings';
import type { KubeletConfiguration } from './kubelet-configuration';

/**
 * How a kubelet gets the certificate that it serves with:
 * - `bootstrap`: it asks the cluster for one, and somebody who checks it approves; the API server can then check kubelets;
 * - `self-signed`: it makes one that nobody can check;
 * - `distribution`: k3s and RKE2 sign one with a certificate authority of their own.
 */
export const SERVING_CERTIFICATES = ['bootstrap', 'self-signed', 'distribution'] as const;
export type ServingCertificates = (typeof SERVING_CERTIFICATES)[number];

/**
 * What may be set of the kubelet: every field of upstream, but for those that say what document it is and those that other parts
 * answer for: the TLS version (`TlsFloor`) and where its serving certificate comes from (`servingCertificates`).
 */
export type KubeletSettings = Partial<
  Omit<KubeletConfiguration, 'apiVersion' | 'kind' | 'tlsMinVersion' | 'tlsCipherSuites' | 'serverTLSBootstrap'>
>;

/** The kubelets of all nodes. */
export interface KubeletSection {
  readonly servingCertificates: ServingCertificates;
  /** Fields beside, or instead of, the hardened ones. */
  readonly settings: KubeletSettings;
}

/** Where nobody says otherwise. On kind, which is for trying things, nobody approves, and then `kubectl logs` would fail. */
export function defaultServingCertificates(distribution: Distribution | undefined): ServingCertificates {
  const own: Readonly<Partial<Record<Distribution, ServingCertificates>>> = {
    kind: 'self-signed',
    k3s: 'distribution',
    rke2: 'distribution',
  };
  return (distribution && own[distribution]) ?? 'bootstrap';
}
