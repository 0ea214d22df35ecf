import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { YamlOutputType } from 'cdk8s';
import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { HardenedApp, identityOf, LinearApp } from '../../src';
import type { KubeObject } from '../../src';
import { fillRandomly } from '../support/random-tree';
import { rounds } from '../support/rounds';

const SEEDS = rounds(240);

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linear-app-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every file with its bytes, or the error text. */
function output(make: (outdir: string) => App, fill: (app: App) => void, twice = false): Record<string, string> | string {
  const outdir = fs.mkdtempSync(path.join(folder, 'out-'));
  const app = make(outdir);
  fill(app);
  try {
    app.synth();
    if (twice) {
      app.synth();
    }
  } catch (error) {
    return (error as Error).message;
  }
  const files = fs
    .readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(outdir, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(path.join(outdir, file), 'utf8')]));
}

it(`writes what the stock App writes, byte for byte, or fails with its words, in ${SEEDS} random trees`, () => {
  const seen = { errors: 0, indexed: 0 };
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const options = { yamlOutputType: (seed % 4) as YamlOutputType, recordConstructMetadata: seed % 3 === 0 };
    const fill = (app: App) => fillRandomly(app, seed, { broken: true, odd: true });
    const stock = output((outdir) => new App({ ...options, outdir }), fill, seed % 3 === 0);
    expect({ seed, result: output((outdir) => new LinearApp({ ...options, outdir }), fill, seed % 3 === 0) }).toEqual({
      seed,
      result: stock,
    });
    seen.errors += typeof stock === 'string' ? 1 : 0;
    seen.indexed += Object.keys(stock).some((file) => file.startsWith('0001-')) ? 1 : 0;
  }
  expect(seen.errors).toBeGreaterThan(SEEDS / 60);
  expect(seen.indexed).toBeGreaterThan(SEEDS / 20);
});

it(`has the same synthYaml as the stock App`, () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const text = (app: App) => {
      fillRandomly(app, seed, { broken: false, odd: true });
      return app.synthYaml();
    };
    expect(text(new LinearApp({ outdir: folder }))).toBe(text(new App({ outdir: folder })));
  }
});

it('a HardenedApp’s objects equal those of the stock App where there is nothing to find', () => {
  for (let seed = 1; seed <= rounds(60); seed += 1) {
    const objects = (result: Record<string, string> | string) => {
      expect(typeof result).toBe('object');
      const documents = Object.entries(result)
        .filter(([file]) => file.endsWith('.yaml'))
        .flatMap(([, text]) => parseAllDocuments(text));
      return documents.map((document) => document.toJS() as KubeObject).sort((a, b) => identityOf(a).localeCompare(identityOf(b)));
    };
    const fill = (app: App) => fillRandomly(app, seed, { broken: false, odd: false });
    const stock = objects(output((outdir) => new App({ outdir }), fill));
    expect(stock.length).toBeGreaterThan(0);
    expect(objects(output((outdir) => new HardenedApp({ outdir: path.join(outdir, 'manifests') }), fill))).toEqual(stock);
  }
});

it('takes a chain of dependencies that is longer than the call stack', () => {
  const app = new LinearApp({ outdir: folder });
  const chart = new Chart(app, 'chain');
  let previous: ApiObject | undefined;
  for (let index = 0; index < 10_000; index += 1) {
    const object = new ApiObject(chart, `o${index}`, { apiVersion: 'v1', kind: 'ConfigMap' });
    if (previous) {
      object.addDependency(previous);
    }
    previous = object;
  }
  expect(app.charts).toEqual([chart]);
});
