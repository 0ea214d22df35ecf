import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { DEFAULT_CERTIFICATES } from './certificates-section';
import type { CertificateAlgorithm, CertificatesSection } from './certificates-section';

/** Props of `CertificateRenewal`. */
export interface CertificateRenewalProps {
  /**
   * Algorithm of the keys that kubeadm makes, those that sign tokens too.
   *
   * @default 'ECDSA-P256'
   */
  readonly algorithm?: CertificateAlgorithm;
  /**
   * Days that certificates of the control plane are valid. Below 365, where `kubeadm upgrade` would come too late, every
   * control-plane node renews by a timer.
   *
   * @default 182
   */
  readonly validityDays?: number;
  /**
   * Days that the certificate authorities are valid. Rotating them is work by hand.
   *
   * @default 1825
   */
  readonly caValidityDays?: number;
  /**
   * Days before their end on which certificates are renewed.
   *
   * @default 60
   */
  readonly renewBeforeDays?: number;
}

/** Certificates of the control plane that end soon, and are renewed in time (NET-20). */
export class CertificateRenewal extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-20': [{ kind: 'NodeFile', field: 'path', value: '/etc/systemd/system/renew-kubernetes-certificates.timer' }],
  };

  private readonly props: CertificateRenewalProps;

  /** @throws if certificates would end before they are renewed, or outlive what signed them */
  public constructor(scope: Construct, id: string, props: CertificateRenewalProps = {}) {
    super(scope, id);
    this.props = props;
    const { validityDays, caValidityDays, renewBeforeDays } = this.section();
    if (renewBeforeDays >= validityDays) {
      throw new Error(
        `[${this.node.path}] renewBeforeDays is ${renewBeforeDays} and validityDays ${validityDays}: every new certificate would be renewed ` +
          'again at once (control NET-20). Give fewer days before the end.',
      );
    }
    if (validityDays > caValidityDays) {
      throw new Error(
        `[${this.node.path}] validityDays is ${validityDays} and caValidityDays ${caValidityDays}: a certificate outlives what signed it, and is ` +
          'refused from then on (control NET-20). Give the certificate authorities more days.',
      );
    }
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { certificates: this.section() };
  }

  private section(): CertificatesSection {
    const { algorithm, validityDays, caValidityDays, renewBeforeDays } = this.props;
    return {
      algorithm: algorithm ?? DEFAULT_CERTIFICATES.algorithm,
      validityDays: validityDays ?? DEFAULT_CERTIFICATES.validityDays,
      caValidityDays: caValidityDays ?? DEFAULT_CERTIFICATES.caValidityDays,
      renewBeforeDays: renewBeforeDays ?? DEFAULT_CERTIFICATES.renewBeforeDays,
    };
  }
}
