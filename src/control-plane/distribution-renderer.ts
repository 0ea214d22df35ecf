import type { NodeFile } from '../manifest';
import type { ControlPlaneSpec } from './control-plane-spec';

/** Turns the control plane into the files of one distribution. Pure. */
export type DistributionRenderer = (spec: ControlPlaneSpec) => readonly NodeFile[];
