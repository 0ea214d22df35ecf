import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a run of a script came to. */
export interface ShellRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes programs into a folder, each a script for `sh` without its first line. */
export function writePrograms(folder: string, programs: Readonly<Record<string, string>>): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, body] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
}

/** Runs a script with bash; programs in `first` are found before those of the system. */
export function runScript(script: string, args: readonly string[], first?: string, input?: string): ShellRun {
  const env = { ...process.env, PATH: [...(first === undefined ? [] : [first]), process.env['PATH']].join(':') };
  const { status, stdout, stderr } = spawnSync('bash', [script, ...args], { encoding: 'utf8', env, input: input ?? '' });
  return { status, stdout, stderr };
}
