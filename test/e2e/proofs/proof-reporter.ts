import { CONTROLS } from '../../../src/controls';
import { NOT_PROVEN } from './not-proven';
import { proofOf } from './proof';

/** What of jest's results and configuration is looked at. */
interface Results {
  readonly testResults: readonly { readonly testResults: readonly TestResult[] }[];
}

interface TestResult {
  readonly title: string;
  readonly status: string;
  readonly duration?: number | null;
}

interface RunConfig {
  readonly testNamePattern?: string;
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}

/** A proof that was run. */
interface Row {
  readonly control: string;
  readonly title: string;
  readonly result: string;
  readonly seconds: number;
}

/** Prints the proofs by control, then the controls without one and why. A run of everything in which one has neither fails. */
export class ProofReporter {
  private error: Error | undefined;

  public constructor(private readonly config: RunConfig) {}

  public onRunComplete(_contexts: unknown, results: Results): void {
    const rows = rowsOf(results);
    process.stdout.write(`\n${table(rows)}\n`);
    if (this.config.testPathPatterns.patterns.length > 0 || this.config.testNamePattern) return;
    const proven = new Set(rows.map(({ control }) => control));
    const others = CONTROLS.filter(({ id }) => !proven.has(id));
    process.stdout.write(`\n${others.map(({ id }) => `${id}  not proven here: ${NOT_PROVEN[id] ?? '?'}`).join('\n')}\n`);
    const missing = others.filter(({ id }) => NOT_PROVEN[id] === undefined).map(({ id }) => id);
    const both = Object.keys(NOT_PROVEN).filter((id) => proven.has(id));
    if (missing.length + both.length > 0) {
      this.error = new Error(
        `${[
          ...missing.map((id) => `${id} has neither a proof nor a reason in test/e2e/proofs/not-proven.ts`),
          ...both.map((id) => `${id} has a proof: take it out of test/e2e/proofs/not-proven.ts`),
        ].join('\n')}\n`,
      );
    }
  }

  public getLastError(): Error | undefined {
    return this.error;
  }
}

function rowsOf({ testResults }: Results): Row[] {
  return testResults
    .flatMap((suite) => suite.testResults)
    .flatMap(({ title, status, duration }) => {
      const shown = proofOf(title);
      return (shown?.controls ?? []).map((control) => ({
        control,
        title: shown?.title ?? '',
        result: status === 'passed' ? 'proven' : status === 'failed' ? 'NOT SO' : 'not run',
        seconds: (duration ?? 0) / 1000,
      }));
    })
    .sort((a, b) => a.control.localeCompare(b.control));
}

function table(rows: readonly Row[]): string {
  return rows
    .map(({ control, title, result, seconds }) => `${control.padEnd(8)} ${result}  ${seconds.toFixed(1).padStart(5)} s  ${title}`)
    .join('\n');
}
