/**
 * Times `cdk8s synth` of the root blueprint against a stock `cdk8s synth` of one empty chart, in turn, in one run.
 *
 *   npm run --silent bench:startup      the last line is JSON: { "ratio": median of ours / median of stock }
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const RUNS = 5;
const ROOT = path.join(__dirname, '..');
const CDK8S = path.join(ROOT, 'node_modules', '.bin', 'cdk8s');

const stock = path.join(ROOT, '.cache', 'bench-startup');
fs.mkdirSync(stock, { recursive: true });
fs.writeFileSync(path.join(stock, 'cdk8s.yaml'), 'language: typescript\napp: node --import tsx main.ts\noutput: dist\n');
fs.writeFileSync(
  path.join(stock, 'main.ts'),
  "import { App, Chart } from 'cdk8s';\nconst app = new App();\nnew Chart(app, 'empty');\napp.synth();\n",
);

/** The real output folder is left alone. */
const ours = path.join(stock, 'ours', 'manifests');
const times = { ours: [] as number[], stock: [] as number[] };
for (let run = 0; run <= RUNS; run += 1) {
  const pair = { ours: seconds(ROOT, ['--output', ours]), stock: seconds(stock, []) };
  if (run > 0) {
    times.ours.push(pair.ours); // the first pair only warms up
    times.stock.push(pair.stock);
  }
}
const [median, base] = [middle(times.ours), middle(times.stock)];
process.stdout.write(`cdk8s synth: ours ${median.toFixed(2)} s, one empty chart ${base.toFixed(2)} s (medians of ${RUNS})\n`);
process.stdout.write(`${JSON.stringify({ ratio: Math.round((100 * median) / base) / 100 })}\n`);

function seconds(cwd: string, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(CDK8S, ['synth', '--check-upgrade=false', ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
