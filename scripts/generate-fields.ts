/**
 * Reads the fields, flags and feature gates of every supported minor off the types and programs of Kubernetes, and writes them
 * to `src/rules/node-files/tables`. Needs Go; the first build takes some minutes a minor.
 *
 *   npm run generate:fields
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import { SUPPORTED_MINORS } from '../src';
import type { KubernetesMinor } from '../src';
import { fieldTables } from './field-tables';
import type { PrintedFields } from './field-tables';

const ROOT = path.join(__dirname, '..');
const TABLES = path.join(ROOT, 'src/rules/node-files/tables');

function printed(minor: KubernetesMinor): PrintedFields {
  execFileSync('bash', [path.join(__dirname, 'kubernetes-tools.sh'), minor, 'fields'], { stdio: 'inherit' });
  const program = path.join(ROOT, 'tools/bin/kubernetes', minor, 'fields');
  const text = execFileSync(program, { cwd: path.join(ROOT, 'tools/kubernetes'), encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(text) as PrintedFields;
}

async function write(): Promise<void> {
  const tables = fieldTables(
    Object.fromEntries(SUPPORTED_MINORS.map((minor) => [minor, printed(minor)])) as Record<KubernetesMinor, PrintedFields>,
  );
  for (const [name, content] of Object.entries(tables)) {
    const file = path.join(TABLES, name);
    const options = await prettier.resolveConfig(file);
    fs.writeFileSync(file, await prettier.format(content, { ...options, filepath: file }));
  }
}

void write();
