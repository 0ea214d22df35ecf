import type { AdmissionSection } from './admission';
import type { AuditSection } from './audit/audit-section';
import type { AuthenticationSection } from './authentication';
import type { AuthorizationSection } from './authorization';
import type { CertificatesSection } from './certificates';
import type { ClusterSpec } from './cluster-spec';
import type { ComponentsSection } from './components';
import type { EncryptionSection } from './encryption';
import type { EtcdSection } from './etcd';
import type { FileModesSection } from './file-modes';
import type { FirewallSection } from './firewall';
import type { KernelSection } from './kernel';
import type { KubeProxySection } from './kube-proxy';
import type { KubeletSection } from './kubelet';
import type { ConfinementSection } from './profiles';
import type { TlsSection } from './tls';

/**
 * The control plane and its nodes as one typed value, whatever starts them: what every part asks for, gathered. A
 * distribution turns it into files. Each section belongs to the folder of its name.
 */
export interface ControlPlaneSpec {
  readonly cluster: ClusterSpec;
  /** Which requests the API server refuses beside what RBAC forbids. */
  readonly admission?: AdmissionSection;
  /** What the API servers record. @default - nothing is said of it */
  readonly audit?: AuditSection;
  /** Who people are, and what anonymous requests reach. */
  readonly authentication?: AuthenticationSection;
  /** Who may do what: Node and RBAC, and a webhook that may deny. */
  readonly authorization?: AuthorizationSection;
  /** What is encrypted before it is stored. */
  readonly encryption?: EncryptionSection;
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
