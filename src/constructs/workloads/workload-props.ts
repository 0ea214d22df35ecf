import type { Waiver } from '../../waivers';
import type { ConfinementProps } from './confinement';
import type { ContainerSize } from './container-size';
import type { HardenedContainer } from './hardened-container';
import type { Probes } from './probes';

/**
 * What every hardened workload takes beside the props of its cdk8s-plus class. `image`, `port`, `probes`, `env`, `size`
 * are the short form for one container; `hardened` says the same for several.
 */
export interface HardenedWorkloadProps extends ConfinementProps {
  /**
   * Image of the one container, `registry/name:tag@sha256:…`.
   *
   * @default - no container in the short form
   */
  readonly image?: string;
  /**
   * Port that the one container listens on. Deployments and StatefulSets get a Service for it.
   *
   * @default - none
   */
  readonly port?: number;
  /** @default - none */
  readonly portName?: string;
  /** @default - none, which is a finding for what keeps running */
  readonly probes?: Probes;
  /** @default - none */
  readonly env?: Record<string, string>;
  /** @default ContainerSize.SMALL */
  readonly size?: ContainerSize;
  /**
   * Containers in the full form.
   *
   * @default - none
   */
  readonly hardened?: readonly HardenedContainer[];
  /**
   * Init containers, and sidecars (`sidecar: true`), in the full form.
   *
   * @default - none
   */
  readonly initHardened?: readonly HardenedContainer[];
  /**
   * Findings of this workload that are accepted.
   *
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
}
