import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { toMatchFile } from 'jest-file-snapshot';

export const SNAPSHOTS = path.join(__dirname, '..', 'snapshots');

/** Compares objects with `test/snapshots/<name>.yaml`, which is plain YAML as it would be applied. */
export function expectYaml(name: string, objects: readonly object[]): void {
  expectText(`${name}.yaml`, Yaml.stringify(...objects));
}

/** Compares a text with `test/snapshots/<file>`: a file for a host that is no YAML. */
export function expectText(file: string, text: string): void {
  expect.extend({ toMatchFile });
  fs.appendFileSync(process.env['SNAPSHOTS_TOUCHED'] as string, `${file}\n`);
  (expect(text) as unknown as { toMatchFile(file: string): void }).toMatchFile(path.join(SNAPSHOTS, file));
}

/** Snapshot files whose name is not among the touched ones. */
export function untouchedSnapshots(touched: ReadonlySet<string>, folder = SNAPSHOTS): string[] {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return files.filter((file) => !touched.has(file)).sort();
}
