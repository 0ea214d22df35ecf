import { STAGES } from '../synth';
import type { StagedManifest } from '../synth';

/** Objects that are applied at once, when all before them are there. */
export interface Wave {
  /** `tenancy`, and `tenancy-2` for those that need others of it. */
  readonly label: string;
  readonly items: readonly StagedManifest[];
}

/**
 * The stages as waves, none of them empty: an empty component breaks a chain of components (pulumi#8721). A stage whose objects need
 * each other is several waves. That of workloads is always one, since Pulumi waits until they are ready: a server that waits for its
 * database would wait for ever if the database came with the next wave.
 */
export function wavesOf(staged: readonly StagedManifest[]): Wave[] {
  const depths = new Map<StagedManifest, number>();
  for (const item of staged) {
    // What is needed stands in front, as `planStages` has it.
    const inStage = item.stage === 'workloads' ? [] : item.needs.filter((need) => need.stage === item.stage);
    depths.set(item, Math.max(0, ...inStage.map((need) => (depths.get(need) ?? 0) + 1)));
  }
  return STAGES.flatMap((stage) => {
    const items = staged.filter((item) => item.stage === stage);
    const deepest = items.reduce((most, item) => Math.max(most, depths.get(item) as number), -1);
    return Array.from({ length: deepest + 1 }, (_, depth) => ({
      label: depth === 0 ? stage : `${stage}-${depth + 1}`,
      items: items.filter((item) => depths.get(item) === depth),
    })).filter((wave) => wave.items.length > 0);
  });
}
