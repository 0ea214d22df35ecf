import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../src';
import type { Cluster } from '../cluster';

/** Every object that synth has made for a cluster. */
export function manifestsOf({ dist }: Cluster): KubeObject[] {
  const folder = path.join(dist, 'manifests');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8')))
    .map((document) => document.toJS() as KubeObject);
}
