import { groupBy, nameOf } from '../manifest';
import { waiverTargets } from '../waivers';
import type { Waiver } from '../waivers';
import type { Inventory, Workload } from './inventory';

/** A workload with the waivers that name it. */
export interface WaivedWorkload {
  readonly workload: Workload;
  readonly waivers: readonly Waiver[];
}

/** The workloads that waivers name, namespace by namespace. */
export function waivedWorkloads(inventory: Inventory, waivers: readonly Waiver[]): WaivedWorkload[] {
  const byTarget = groupBy(waivers, ({ target }) => target);
  return byTarget.size === 0
    ? []
    : inventory.workloads.flatMap((workload) => {
        const naming = waiverTargets(workload.manifest.object).flatMap((target) => byTarget.get(target) ?? []);
        return naming.length > 0 ? [{ workload, waivers: naming }] : [];
      });
}

/** What is waived, for a message: `POD-10 and POD-12 of shop/web`. */
export function describeWaived({ workload, waivers }: WaivedWorkload): string {
  const controls = [...new Set(waivers.map(({ control }) => control))];
  return `${controls.join(' and ')} of ${nameOf(workload.manifest.object)}`;
}
