/**
 * Shows that proofs can fail: takes one thing away at a time, and asks that the proof which is about it notices.
 *
 *   npm run prove:breaks [-- <name>...]
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { BREAKS } from '../test/e2e/proofs/breaks';
import type { Break } from '../test/e2e/proofs/breaks';

/** A proof that failed before it came to its question. */
const NOT_ASKED = /The cluster did not start|: not after \d+ s/;

const names = process.argv.slice(2);
const chosen = BREAKS.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'breaks-'));
try {
  const missed = chosen.filter((candidate) => !noticed(candidate));
  process.stdout.write(`${chosen.length - missed.length} of ${chosen.length} breaks were noticed\n`);
  process.exitCode = chosen.length === 0 || missed.length > 0 ? 1 : 0;
} finally {
  fs.rmSync(work, { recursive: true });
}

/** Whether the proof fails; that it was run at all shows the report of jest. */
function noticed({ name, suite, noticedBy }: Break): boolean {
  const report = path.join(work, `${name}.json`);
  const jest = ['node_modules/jest/bin/jest.js', '--ci', '-c', 'jest.e2e.config.js', '--json', `--outputFile=${report}`];
  const start = Date.now();
  spawnSync(process.execPath, [...jest, '--testPathPatterns', `e2e/${suite}`, '--testNamePattern', `: ${noticedBy}`], {
    env: { ...process.env, E2E_BREAK: name },
    stdio: 'ignore',
  });
  const { testResults = [] } = fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, 'utf8')) as JestReport) : {};
  const asked = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ title, failureMessages }) => title.includes(`: ${noticedBy}`) && !failureMessages.some((text) => NOT_ASKED.test(text)));
  const red = asked.length > 0 && asked.every(({ status }) => status === 'failed');
  process.stdout.write(
    `${red ? 'noticed' : asked.length > 0 ? 'NOT NOTICED' : 'DID NOT RUN'}  ${name}, ${((Date.now() - start) / 1000).toFixed(0)} s\n`,
  );
  return red;
}

interface JestReport {
  readonly testResults?: readonly { readonly assertionResults: readonly JestTest[] }[];
}

interface JestTest {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}
