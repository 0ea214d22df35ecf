import type { Construct } from 'constructs';
import * as kplus from '../kplus';
import { INSTANCE_LABEL } from '../metadata';
import { hardenedWorkload } from './hardened-workload';
import { prepareWorkload } from './prepare-workload';
import type { HardenedWorkloadProps } from './workload-props';

/** Props of `HardenedDaemonSet`: those of cdk8s-plus and the hardened ones. */
export interface HardenedDaemonSetProps extends kplus.DaemonSetProps, HardenedWorkloadProps {}

/** A DaemonSet that meets the guide. See `HardenedDeployment`. What a node agent must have beyond it takes a waiver. */
export class HardenedDaemonSet extends hardenedWorkload(kplus.DaemonSet) {
  public constructor(scope: Construct, id: string, props: HardenedDaemonSetProps = {}) {
    const { name, base, hardening } = prepareWorkload(scope, id, props);
    super(scope, id, base);
    this.select(kplus.LabelSelector.of({ labels: { [INSTANCE_LABEL]: name } }));
    this._harden(hardening);
  }
}
