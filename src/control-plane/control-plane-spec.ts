import type { ClusterSpec } from './cluster-spec';

/**
 * The control plane and its nodes as one typed value, whatever starts them: what every part asks for, gathered. A
 * distribution turns it into files. Each section belongs to the folder of its name.
 */
export interface ControlPlaneSpec {
  readonly cluster: ClusterSpec;
}

/** Sections that constructs contribute. */
export type ControlPlaneSections = Omit<ControlPlaneSpec, 'cluster'>;
