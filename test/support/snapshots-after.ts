import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Config } from 'jest';
import { untouchedSnapshots } from './snapshot';

/** Fails a whole run that leaves a snapshot untouched: it describes something that is not there any more. */
export default function after(
  global: Config & { readonly testPathPatterns?: { readonly patterns: readonly string[] }; readonly testNamePattern?: string },
): void {
  const touched = process.env['SNAPSHOTS_TOUCHED'] as string;
  const names = fs.readFileSync(touched, 'utf8').split('\n');
  fs.rmSync(path.dirname(touched), { recursive: true });
  const partial =
    (global.testPathPatterns?.patterns.length ?? 0) > 0 ||
    Boolean(global.testNamePattern) ||
    Boolean((global as { onlyChanged?: boolean }).onlyChanged);
  const stale = partial ? [] : untouchedSnapshots(new Set(names));
  if (stale.length > 0) {
    throw new Error(`No test touched these snapshots; remove them: ${stale.join(', ')}`);
  }
}
