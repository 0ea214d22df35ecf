/**
 * Times `LinearApp` against the stock `App` of cdk8s in one run, where the stock one is quadratic (many charts) and where
 * it is exponential (ordered layers).
 *
 *   npm run --silent bench:synth      the last line is JSON: { "charts": ratio, "layers": ratio }
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import type { AppProps } from 'cdk8s';
import { Construct } from 'constructs';
import { LinearApp } from '../src';

const CHARTS = 1000;
const OBJECTS = 4;
const LAYERS = 6;
const OBJECTS_PER_LAYER = 30;
const LINEAR_RUNS = 12;

type AppClass = new (props: AppProps) => App;

/** In memory where the machine has it: both write the same files, and a disk is not what is compared. */
const MEMORY = '/dev/shm';
const folder = fs.mkdtempSync(path.join(fs.existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'bench-synth-'));
try {
  const charts = compare(`${CHARTS} charts x ${OBJECTS} objects`, manyCharts, 3);
  const layers = compare(`${LAYERS} ordered layers x ${OBJECTS_PER_LAYER} objects`, orderedLayers, 1);
  process.stdout.write(`${JSON.stringify({ charts, layers })}\n`);
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** How many times faster `LinearApp` is than `App`, by the best run of each: what else the machine does only adds time. */
function compare(what: string, build: (app: App) => void, stockRuns: number): number {
  const linear = best(LinearApp, build, LINEAR_RUNS);
  const stock = best(App, build, stockRuns);
  const ratio = Math.round((10 * stock) / linear) / 10;
  process.stdout.write(`${what}: App ${stock.toFixed(2)} s, LinearApp ${linear.toFixed(3)} s, ${ratio} times faster\n`);
  return ratio;
}

function best(Class: AppClass, build: (app: App) => void, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => seconds(Class, build)));
}

function seconds(Class: AppClass, build: (app: App) => void): number {
  const app = new Class({ outdir: fs.mkdtempSync(path.join(folder, 'out-')) });
  build(app);
  const start = process.hrtime.bigint();
  app.synth();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function manyCharts(app: App): void {
  for (let index = 0; index < CHARTS; index += 1) {
    objects(new Chart(app, `chart-${index}`), OBJECTS);
  }
}

function orderedLayers(app: App): void {
  let previous: Chart | undefined;
  for (let index = 0; index < LAYERS; index += 1) {
    const chart = new Chart(app, `layer-${index}`);
    objects(chart, OBJECTS_PER_LAYER);
    if (previous) {
      chart.addDependency(previous);
    }
    previous = chart;
  }
}

/** Each in a construct of its own, as every object of cdk8s-plus is; small, so that rendering, the same for both, counts for little. */
function objects(chart: Chart, count: number): void {
  for (let index = 0; index < count; index += 1) {
    new ApiObject(new Construct(chart, `object-${index}`), 'Resource', { apiVersion: 'v1', kind: 'ConfigMap' });
  }
}
