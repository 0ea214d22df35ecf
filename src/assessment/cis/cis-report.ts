import type { KubernetesMinor } from '../../settings';
import { plainText } from '../markdown';
import type { CisPrediction, CisResult } from './predict-cis';

/** Version of the benchmark, as kube-bench names it. Newer ones ask for the same, but for what the deviations say. */
export const CIS_BENCHMARK = 'cis-1.12';

/** What kube-bench prints for each result; nothing where it is not known. */
export const KUBE_BENCH_STATES: Readonly<Record<CisResult, string | undefined>> = {
  pass: 'PASS',
  fail: 'FAIL',
  warn: 'WARN',
  manual: 'WARN',
  unknown: undefined,
  'not applicable': undefined,
};

const RESULTS = ['pass', 'fail', 'warn', 'manual', 'unknown', 'not applicable'] as const satisfies readonly CisResult[];

/** How many checks have each result. */
export function cisCounts(predictions: readonly CisPrediction[]): Record<CisResult, number> {
  return Object.fromEntries(RESULTS.map((result) => [result, predictions.filter((one) => one.result === result).length])) as Record<
    CisResult,
    number
  >;
}

/** The prediction as data. */
export function cisJson(predictions: readonly CisPrediction[], kubernetes: KubernetesMinor): object {
  return {
    benchmark: CIS_BENCHMARK,
    kubernetes,
    counts: cisCounts(predictions),
    checks: predictions.map(({ check: { id, title, scored }, role, result, evidence, deviation }) => ({
      id,
      title,
      scored,
      role,
      result,
      kubeBench: KUBE_BENCH_STATES[result],
      evidence,
      ...(deviation ? { deviation: { control: deviation.control, reason: deviation.reason } } : {}),
    })),
  };
}

/** The prediction as a page of Markdown: what is not passed first, with the reason where it is meant. */
export function cisPage(predictions: readonly CisPrediction[], kubernetes: KubernetesMinor): string {
  const counts = cisCounts(predictions);
  const notPassed = predictions.filter(({ result }) => result === 'fail' || result === 'warn');
  return [
    `# What kube-bench will say (${CIS_BENCHMARK}, Kubernetes ${kubernetes})`,
    '',
    'Read from the files for hosts, before there is a host: a prediction, not a measurement. `unknown` is what the files do not show.',
    '',
    RESULTS.map((result) => `${counts[result]} ${result}`).join(', ') + '.',
    '',
    ...section(
      'Not passed, and not meant',
      notPassed.filter(({ deviation }) => deviation === undefined),
    ),
    ...section(
      'Not passed on purpose',
      notPassed.filter(({ deviation }) => deviation !== undefined),
    ),
    ...section(
      'Passed',
      predictions.filter(({ result }) => result === 'pass'),
    ),
    ...section(
      'For people',
      predictions.filter(({ result }) => result === 'manual'),
    ),
    ...section(
      'Not known, or not applicable',
      predictions.filter(({ result }) => result === 'unknown' || result === 'not applicable'),
    ),
  ].join('\n');
}

function section(title: string, predictions: readonly CisPrediction[]): string[] {
  const lines = predictions.map(({ check, role, result, evidence, deviation }) => {
    const why = deviation ? `${deviation.control}: ${deviation.reason}` : evidence.join('; ');
    return [check.id, role, check.title, result, why].map(plainText);
  });
  const header = ['check', 'host', 'asks for', 'result', 'why'];
  const rows = [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${title}`, '', ...(predictions.length === 0 ? ['None.'] : rows), ''];
}
