import type { AuditSection } from './audit/audit-section';
import type { ClusterSpec } from './cluster-spec';
import type { FirewallSection } from './firewall';
import type { ConfinementSection } from './profiles';

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
}

/** Sections that constructs contribute. */
export type ControlPlaneSections = Omit<ControlPlaneSpec, 'cluster'>;
