import { groupBy, printable } from '../../manifest';
import { plainJson } from '../plain-json';
import { TENDENCIES } from './posture-change';
import type { PostureChange, Tendency } from './posture-change';

/** What two postures differ in, and what they are called. */
export interface DiffReport {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly PostureChange[];
}

/** A report of differences as text. Pure. */
export type DiffFormat = (report: DiffReport) => string;

const MARKS: Readonly<Record<Tendency, string>> = { looser: '✗', stricter: '✓', neutral: '·' };

/** For a terminal: a line for each change, what is looser first, and the sum. */
export function diffText(report: DiffReport): string {
  const lines = ordered(report.changes).map(({ subject, tendency, control, what }) =>
    printable(`${MARKS[tendency]} ${tendency.padEnd(8)} ${subject.padEnd(10)} ${control === undefined ? '' : `${control} `}${what}`),
  );
  return [...lines, summary(report), ''].join('\n');
}

/** For the comment on a pull request. */
export function diffMarkdown(report: DiffReport): string {
  const byTendency = groupBy(ordered(report.changes), ({ tendency }) => tendency);
  const sections = [...byTendency].flatMap(([tendency, changes]) => [
    '',
    ...(tendency === 'neutral'
      ? ['<details><summary>Other changes</summary>', '']
      : [`### ${tendency === 'looser' ? 'Looser' : 'Stricter'}`, '']),
    '| | control | what |',
    '|---|---|---|',
    ...changes.map(({ subject, control = '', what }) => `| ${subject} | ${control} | ${markdown(what)} |`),
    ...(tendency === 'neutral' ? ['', '</details>'] : []),
  ]);
  return [`**Posture**: ${markdown(summary(report))}`, ...sections, ''].join('\n');
}

/** For programs. */
export function diffJson({ before, after, changes }: DiffReport): string {
  const counts = Object.fromEntries(
    TENDENCIES.map((tendency) => [tendency, changes.filter((change) => change.tendency === tendency).length]),
  );
  return plainJson({ before, after, summary: counts, changes: ordered(changes) });
}

function ordered(changes: readonly PostureChange[]): PostureChange[] {
  return TENDENCIES.flatMap((tendency) => changes.filter((change) => change.tendency === tendency));
}

function summary({ before, after, changes }: DiffReport): string {
  const counts = TENDENCIES.map((tendency) => `${changes.filter((change) => change.tendency === tendency).length} ${tendency}`);
  return printable(`${before} → ${after}: ${changes.length === 0 ? 'no change' : counts.join(', ')}`);
}

/** Text from manifests, as nothing but text: no markup, no HTML, no link, no mention. */
function markdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
