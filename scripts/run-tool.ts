import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Every manifest that the synthesis wrote. */
export function manifests(dist: string): string[] {
  const folder = path.join(dist, 'manifests');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.join(folder, file));
}

/** What the program prints. Every one of them exits with 1 when it finds something. */
export function run(program: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error || ![0, 1].includes(status ?? -1) || stdout === '') {
    throw new Error(`${path.basename(program)} failed (${status}): ${error?.message ?? stderr}`);
  }
  return stdout;
}
