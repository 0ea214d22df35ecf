import type { Construct } from 'constructs';
import { nameFromId, objectMetadata } from '../metadata';
import * as kplus from '../kplus';
import { confinementFields } from './confinement';
import { HardenedContainer } from './hardened-container';
import type { WorkloadHardeningOptions } from './workload-hardening';
import type { HardenedWorkloadProps } from './workload-props';

/** Longest name of a CronJob: the controller appends 11 characters for the Job. */
export const CRON_JOB_NAME_MAX = 52;

/** What a workload class passes to its cdk8s-plus base, and what is merged into the pod at synth. */
export interface PreparedWorkload {
  readonly name: string;
  readonly base: kplus.WorkloadProps;
  readonly hardening: WorkloadHardeningOptions;
}

/** Turns the hardened props into those that the cdk8s-plus base class knows. */
export function prepareWorkload(
  scope: Construct,
  id: string,
  props: HardenedWorkloadProps & kplus.WorkloadProps,
  nameMax?: number,
): PreparedWorkload {
  const name = props.metadata?.name ?? nameFromId(scope, id, nameMax);
  const containers = [...shortForm(scope, id, props), ...(props.hardened ?? [])];
  const initContainers = props.initHardened ?? [];
  const image = containers[0]?.image ?? props.containers?.[0]?.image;
  const metadata = objectMetadata(scope, { name, component: 'workload', version: versionOf(image) });
  return {
    name,
    hardening: { containers: [...containers, ...initContainers], waivers: props.waivers, securityContext: confinementFields(props) },
    base: {
      ...props,
      select: false,
      metadata: { ...metadata, ...props.metadata, labels: { ...metadata.labels, ...props.metadata?.labels } },
      podMetadata: { ...props.podMetadata, labels: { ...metadata.labels, ...props.podMetadata?.labels } },
      securityContext: { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...props.securityContext },
      containers: [...containers.map((container) => container.toContainerProps()), ...(props.containers ?? [])],
      initContainers: [...initContainers.map((container) => container.toContainerProps()), ...(props.initContainers ?? [])],
    },
  };
}

function shortForm(scope: Construct, id: string, props: HardenedWorkloadProps): HardenedContainer[] {
  const { image, port, portName, probes, env, size } = props;
  if (image !== undefined) {
    return [HardenedContainer.of({ image, port, portName, probes, env, size })];
  }
  const orphans = Object.entries({ port, portName, probes, env, size }).filter(([, value]) => value !== undefined);
  if (orphans.length > 0) {
    throw new Error(
      `[${[scope.node.path, id].filter(Boolean).join('/')}] ${orphans.map(([name]) => `'${name}'`).join(', ')} without 'image': they describe ` +
        "the one container of the short form. Give 'image' too, or put them into HardenedContainer.of({ … }).",
    );
  }
  return [];
}

/** The tag of an image as a label value; undefined when it has none. */
function versionOf(image: string | undefined): string | undefined {
  const tag = /:([A-Za-z0-9][-A-Za-z0-9_.]{0,61}[A-Za-z0-9]|[A-Za-z0-9])(@|$)/.exec(image?.split('/').at(-1) ?? '');
  return tag?.[1];
}
