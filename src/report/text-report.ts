import { formatFinding, formatWaiverProblem } from '../assessment';
import { printable } from '../manifest';
import type { ReadProblem } from '../manifest';
import { countBySeverity } from './check-report';
import type { CheckReport } from './check-report';

/** The findings for the person who reads them in a terminal; nothing where there is none. */
export function textReport({ assessment }: CheckReport): string {
  return [...assessment.findings.map(formatFinding), ...assessment.problems.map(formatWaiverProblem)].map((text) => `${text}\n`).join('');
}

/** What goes beside the result, whatever its format: what was not read, what will fail soon, and how many of each there are. */
export function textSummary({ assessment, settings, manifests, unread, failOn }: CheckReport): string {
  const { findings, waived, problems, warnings } = assessment;
  const severities = countBySeverity(findings).map(([severity, count]) => `${count} ${severity}`);
  const counts = [
    `${count(manifests.length, 'object')} as of Kubernetes ${settings.minor}`,
    count(findings.length, 'finding') + (severities.length > 0 ? ` (${severities.join(', ')})` : ''),
    `${waived.length} waived`,
    ...(problems.length > 0 ? [`${count(problems.length, 'waiver')} that cannot stand`] : []),
    ...(unread.length > 0 ? [`${count(unread.length, 'part')} of the input not read`] : []),
  ];
  const failing = failOn === 'low' ? '' : `; findings below ${failOn} do not fail`;
  return [...unread.map(unreadLine), ...warnings.map((warning) => printable(`! ${warning}`)), `${counts.join(', ')}${failing}`, ''].join(
    '\n',
  );
}

/** A part of the input of which nothing is known, in a line. */
export function unreadLine({ file, line, message }: ReadProblem): string {
  return printable(`✗ ${file}${line === undefined ? '' : `:${line}`}: not read: ${message}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
