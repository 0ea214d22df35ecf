import type {
  CertificateRenewalProps,
  ControlPlaneFlagsProps,
  EtcdHardeningProps,
  FileModesProps,
  KernelSettingsProps,
  KubeletSettings,
  KubeProxyHardeningProps,
  ServingCertificates,
} from '../control-plane';
import type { TlsVersion } from '../rules';
import type { KubeletApproverProps } from '../stacks';

/** The kubelet in the blueprint: what most clusters set. Every other field is set in TypeScript. */
export interface BlueprintKubeletProps extends Pick<
  KubeletSettings,
  | 'containerLogMaxFiles'
  | 'containerLogMaxSize'
  | 'evictionHard'
  | 'evictionSoft'
  | 'evictionSoftGracePeriod'
  | 'imagePullCredentialsVerificationPolicy'
  | 'kubeReserved'
  | 'maxPods'
  | 'podPidsLimit'
  | 'systemReserved'
> {
  /** @default - `bootstrap`; `self-signed` on kind, `distribution` on k3s and RKE2 */
  readonly servingCertificates?: ServingCertificates;
  /** @default - none */
  readonly approver?: KubeletApproverProps;
}

/** The nodes and the programs of the control plane in the blueprint. */
export interface BlueprintControlPlaneProps {
  /** @default '1.3' */
  readonly tls?: TlsVersion;
  /** @default - the hardening flags */
  readonly flags?: ControlPlaneFlagsProps;
  /** @default - the hardened fields */
  readonly kubelet?: BlueprintKubeletProps;
  /** @default - mode iptables, node ports on the primary address */
  readonly kubeProxy?: KubeProxyHardeningProps;
  /** @default - no backups */
  readonly etcd?: EtcdHardeningProps;
  /** @default - half a year, renewed by the nodes */
  readonly certificates?: CertificateRenewalProps;
  /** @default - every setting */
  readonly kernel?: KernelSettingsProps;
  /** @default - certificates for root alone */
  readonly fileModes?: FileModesProps;
}
