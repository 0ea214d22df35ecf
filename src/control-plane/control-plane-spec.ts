import type { AuditSection } from './audit/audit-section';
import type { CertificatesSection } from './certificates';
import type { ClusterSpec } from './cluster-spec';
import type { FirewallSection } from './firewall';
import type { ConfinementSection } from './profiles';
import type { ComponentsSection } from './components';
import type { EtcdSection } from './etcd';
import type { FileModesSection } from './file-modes';
import type { KernelSection } from './kernel';
import type { KubeProxySection } from './kube-proxy';
import type { KubeletSection } from './kubelet';
import type { TlsSection } from './tls';

/**
 * The control plane and its nodes as one typed value, whatever starts them: what every part asks for, gathered. A
 * distribution turns it into files. Each section belongs to the folder of its name.
 */
export interface ControlPlaneSpec {
  readonly cluster: ClusterSpec;
  /** What the API servers record. @default - nothing is said of it */
  readonly audit?: AuditSection;
  /** What hosts let in. */
  readonly firewall?: FirewallSection;
  /** Profiles that confine containers, on the nodes. */
  readonly confinement?: ConfinementSection;
  readonly certificates?: CertificatesSection;
  readonly components?: ComponentsSection;
  readonly etcd?: EtcdSection;
  readonly fileModes?: FileModesSection;
  readonly kernel?: KernelSection;
  readonly kubeProxy?: KubeProxySection;
  readonly kubelet?: KubeletSection;
  readonly tls?: TlsSection;
}

/** Sections that constructs contribute. */
export type ControlPlaneSections = Omit<ControlPlaneSpec, 'cluster'>;
