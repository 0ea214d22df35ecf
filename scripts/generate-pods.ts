/**
 * Writes pods that the hardened constructs make, as JSON, for a grader that was not written here: whatever props the
 * types accept, with a fixed seed, as far as synth lets them through.
 *
 *   node --import tsx scripts/generate-pods.ts <file> [count]
 */
import * as fs from 'node:fs';
import { Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { podSpecOf } from '../src';
import type { KubeObject } from '../src';
import { build, workloadCase } from '../test/support/workload-arbitrary';

const SEED = 2026;
const [file, count = '2000'] = process.argv.slice(2);
if (file === undefined) {
  throw new Error('Usage: node --import tsx scripts/generate-pods.ts <file> [count]');
}

const accepted: KubeObject[] = [];
for (let batch = 0; accepted.length < Number(count); batch += 1) {
  for (const given of fc.sample(workloadCase, { seed: SEED + batch, numRuns: 1000 })) {
    accepted.push(...synthesised(() => Testing.synth(build(given)) as KubeObject[]));
  }
}
fs.writeFileSync(file, JSON.stringify(accepted.slice(0, Number(count))));
process.stdout.write(`${count} objects with pods in ${file}\n`);

/** The objects with pods; none when synth refuses the workload. */
function synthesised(make: () => KubeObject[]): KubeObject[] {
  try {
    return make().filter((object) => podSpecOf(object) !== undefined);
  } catch (error) {
    if (/control {2}/.test((error as Error).message)) {
      return [];
    }
    throw error;
  }
}
