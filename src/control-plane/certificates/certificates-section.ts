/** Algorithm of the keys that kubeadm makes. */
export const CERTIFICATE_ALGORITHMS = ['ECDSA-P256', 'ECDSA-P384', 'RSA-3072', 'RSA-4096'] as const;
export type CertificateAlgorithm = (typeof CERTIFICATE_ALGORITHMS)[number];

/** The certificates of the control plane. */
export interface CertificatesSection {
  /** Also decides how tokens of service accounts are signed: ES256 with ECDSA-P256. */
  readonly algorithm: CertificateAlgorithm;
  /** Days that a certificate is valid; kubeadm's own is 365. */
  readonly validityDays: number;
  /** Days that the certificate authorities are valid. */
  readonly caValidityDays: number;
  /** Days before the end on which the nodes renew by themselves. */
  readonly renewBeforeDays: number;
}

/** Half a year: a certificate cannot be taken back, so it must end. With that, somebody must renew, which the nodes do. */
export const DEFAULT_CERTIFICATES: CertificatesSection = {
  algorithm: 'ECDSA-P256',
  validityDays: 182,
  caValidityDays: 1825,
  renewBeforeDays: 60,
};

/** The longest that kubeadm gives unless told: an upgrade renews before that. */
const KUBEADM_DAYS = 365;

/** Whether somebody must renew between two upgrades. */
export function needsRenewal({ validityDays }: CertificatesSection): boolean {
  return validityDays < KUBEADM_DAYS;
}

/** Days as kubeadm writes them. */
export function validityPeriod(days: number): string {
  return `${days * 24}h0m0s`;
}
