import { Construct } from 'constructs';
import {
  CertificateRenewal,
  ControlPlaneFlags,
  EtcdHardening,
  FileModes,
  KernelSettings,
  KubeletHardening,
  KubeProxyHardening,
  TlsFloor,
} from '../control-plane';
import type {
  CertificateRenewalProps,
  ControlPlaneFlagsProps,
  EtcdHardeningProps,
  FileModesProps,
  KernelSettingsProps,
  KubeletHardeningProps,
  KubeProxyHardeningProps,
  TlsFloorProps,
} from '../control-plane';
import { KUBELET_APPROVER, KubeletApproverStack } from './kubelet-approver-stack';
import type { KubeletApproverProps } from './kubelet-approver-stack';

/** Props of `NodesStack`. Each part has its own defaults. */
export interface NodesStackProps {
  /** @default - TLS 1.3 */
  readonly tls?: TlsFloorProps;
  /** @default - the hardening flags */
  readonly flags?: ControlPlaneFlagsProps;
  /** @default - the hardened fields */
  readonly kubelet?: KubeletHardeningProps;
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
  /**
   * Something that approves the certificates that kubelets ask for.
   *
   * @default - none: `approve-kubelet-certificates` is run by hand
   */
  readonly approver?: KubeletApproverProps;
}

/**
 * What the nodes and the programs of the control plane are set to, beside audit, encryption, admission and access. The files come
 * with those of the control plane; the approver alone makes API objects.
 */
export class NodesStack extends Construct {
  public constructor(scope: Construct, id: string, props: NodesStackProps = {}) {
    super(scope, id);
    new TlsFloor(this, 'tls', props.tls);
    new ControlPlaneFlags(this, 'flags', props.flags);
    new KubeletHardening(this, 'kubelet', props.kubelet);
    new KubeProxyHardening(this, 'kube-proxy', props.kubeProxy);
    new EtcdHardening(this, 'etcd', props.etcd);
    new CertificateRenewal(this, 'certificates', props.certificates);
    new KernelSettings(this, 'kernel', props.kernel);
    new FileModes(this, 'file-modes', props.fileModes);
    if (props.approver) {
      new KubeletApproverStack(this, KUBELET_APPROVER, props.approver);
    }
  }
}
