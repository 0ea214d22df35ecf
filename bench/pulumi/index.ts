/**
 * What it takes to register a cluster with Pulumi, over the real protocol, with an engine that answers at once.
 *
 *   npm run --silent bench:pulumi
 *
 * The last line is JSON: edges per object and kilobytes sent for 1,000 objects, registrations that came twice or too early, and
 * megabytes of memory for 10,000.
 */
import * as path from 'node:path';
import { runInEngine } from '../../test/support/pulumi-engine';

const PROGRAM = path.join(__dirname, 'program.cjs');

async function measure(objects: number) {
  const { status, said, errors, seconds, registrations, tooEarly, bytes, megabytes } = await runInEngine(PROGRAM, {
    env: { BENCH_OBJECTS: String(objects) },
  });
  if (status !== 0) throw new Error([...errors, said].join('\n'));
  const custom = registrations.filter((registration) => registration.custom).length;
  const edges = registrations.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  const result = {
    objects: custom,
    seconds,
    edges: edges / custom,
    kilobytes: Math.round(bytes / 1000),
    wrong: registrations.length - new Set(registrations.map(({ urn }) => urn)).size + tooEarly.length,
    megabytes,
  };
  process.stdout.write(
    `${result.objects} objects: ${seconds.toFixed(1)} s, ${result.edges.toFixed(2)} edges an object, ${result.kilobytes} kB sent, ${megabytes} MB\n`,
  );
  return result;
}

async function main(): Promise<void> {
  const small = await measure(1_000);
  const large = await measure(10_000);
  const { edges, kilobytes, wrong } = small;
  process.stdout.write(
    `${JSON.stringify({ edges, kilobytes: Math.round((kilobytes / small.objects) * 1_000), wrong: wrong + large.wrong, megabytes: large.megabytes })}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
