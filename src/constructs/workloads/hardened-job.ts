import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import * as kplus from '../kplus';
import { hardenedWorkload } from './hardened-workload';
import { prepareWorkload } from './prepare-workload';
import type { HardenedWorkloadProps } from './workload-props';

/** Hours after which a finished Job and its pods are removed. */
export const DEFAULT_JOB_TTL_HOURS = 24;

/** Props of `HardenedJob`: those of cdk8s-plus and the hardened ones. `ttlAfterFinished` defaults to 24 hours. */
export interface HardenedJobProps extends kplus.JobProps, HardenedWorkloadProps {}

/** A Job that meets the guide. See `HardenedDeployment`. Probes are not asked of it: it ends by itself. */
export class HardenedJob extends hardenedWorkload(kplus.Job) {
  public constructor(scope: Construct, id: string, props: HardenedJobProps = {}) {
    const { base, hardening } = prepareWorkload(scope, id, props);
    super(scope, id, { ttlAfterFinished: Duration.hours(DEFAULT_JOB_TTL_HOURS), ...base });
    this._harden(hardening);
  }
}
