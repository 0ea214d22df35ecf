import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import * as kplus from '../kplus';
import { hardenedWorkload } from './hardened-workload';
import { CRON_JOB_NAME_MAX, prepareWorkload } from './prepare-workload';
import type { HardenedWorkloadProps } from './workload-props';

/** Minutes that a run may start late; the 10 seconds of cdk8s-plus lose runs whenever the controller is busy. */
export const DEFAULT_STARTING_DEADLINE_MINUTES = 5;

/** Props of `HardenedCronJob`: those of cdk8s-plus and the hardened ones. `startingDeadline` defaults to 5 minutes. */
export interface HardenedCronJobProps extends kplus.CronJobProps, HardenedWorkloadProps {}

/** A CronJob that meets the guide. See `HardenedJob`. */
export class HardenedCronJob extends hardenedWorkload(kplus.CronJob) {
  public constructor(scope: Construct, id: string, props: HardenedCronJobProps) {
    const { base, hardening } = prepareWorkload(scope, id, props, CRON_JOB_NAME_MAX);
    super(scope, id, { startingDeadline: Duration.minutes(DEFAULT_STARTING_DEADLINE_MINUTES), ...base, schedule: props.schedule });
    this._harden(hardening);
  }
}
