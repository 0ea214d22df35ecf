/**
 * Times `assess` on 1,000 and on 10,000 manifests, in namespaces of about 50 objects and all in one namespace: twice the
 * objects must take twice the time.
 *
 *   npm run --silent bench:assess      the last line is JSON: { "exponent": the larger of both cases, "megabytes": peak of the process }
 */
import { assess, PlatformSettings, RULES } from '../src';
import { shopManifests } from './shop-manifests';

const SIZES = [1000, 10_000] as const;
const RUNS = 5;
/** Workloads to a namespace. */
const CASES = { 'namespaces of about 50': 6, 'one namespace': Infinity };

const exponents = Object.entries(CASES).map(([name, workloads]) => {
  SIZES.forEach((size) => microseconds(size, workloads)); // warms up
  const times = SIZES.map((size) => Math.min(...Array.from({ length: RUNS }, () => microseconds(size, workloads))));
  const exponent = Math.log((times[1] as number) / (times[0] as number)) / Math.log(SIZES[1] / SIZES[0]);
  const figures = SIZES.map((size, index) => `${size} in ${((times[index] as number) / 1000).toFixed(0)} ms`).join(', ');
  const each = (times[1] as number) / SIZES[1] / RULES.length;
  process.stdout.write(`${name}: ${figures}; ${each.toFixed(2)} µs a rule and object, exponent ${exponent.toFixed(2)}\n`);
  return exponent;
});
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ exponent: Math.round(100 * Math.max(...exponents)) / 100, megabytes })}\n`);

/** One assessment of objects that nothing has looked at before, in time of the processor: what else the machine does does not count. */
function microseconds(size: number, workloads: number): number {
  const artifacts = { manifests: shopManifests(size, workloads), nodeFiles: [] };
  const settings = PlatformSettings.from();
  const start = process.cpuUsage();
  const { findings } = assess(artifacts, settings);
  const { user, system } = process.cpuUsage(start);
  if (findings.length > 0) {
    throw new Error(`the bench is about manifests without findings: ${findings[0]?.message}`);
  }
  return user + system;
}
