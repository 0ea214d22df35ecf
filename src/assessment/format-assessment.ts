import { controlOf } from '../controls';
import { nameOf, printable } from '../manifest';
import type { Finding } from '../rules';
import type { Assessment, WaiverProblem } from './assess';
import { targetOf } from './waivers-in-force';

/**
 * The assessment for the person who reads it in a terminal: what, which control, where, how to mend, how to waive. What
 * manifests hold is escaped where it would steer the terminal.
 */
export function formatAssessment(assessment: Assessment): string {
  return [
    ...assessment.findings.map(formatFinding),
    ...assessment.problems.map(formatWaiverProblem),
    ...assessment.warnings.map((warning) => printable(`! ${warning}`)),
    `${count(assessment.findings.length, 'finding')}, ${assessment.waived.length} waived` +
      (assessment.problems.length > 0 ? `, ${count(assessment.problems.length, 'waiver')} that cannot stand` : ''),
  ].join('\n');
}

/** One finding as text, several lines. */
export function formatFinding(finding: Finding): string {
  return [
    `✗ ${subjectOf(finding)}: ${finding.message}`,
    ...finding.controls.map((id) => `    control  ${id}  ${controlOf(id).title}`),
    ...place(finding),
    `    mend     ${finding.remedy}`,
    `    waive    ${waiveHint(finding)}`,
  ]
    .map(printable)
    .join('\n');
}

/** One waiver that cannot stand as text, several lines. */
export function formatWaiverProblem({ waiver, message, remedy }: WaiverProblem): string {
  const part = waiver.container ? ` container ${waiver.container}` : waiver.field ? ` field ${waiver.field}` : '';
  const what = `waiver of ${waiver.control} for ${waiver.target}${part}`;
  return [`✗ ${what}: ${message}`, `    reason   ${waiver.reason} (${waiver.owner})`, `    mend     ${remedy}`].map(printable).join('\n');
}

/** What a finding is about: kind, name and container, or node file and field. */
export function subjectOf({ target }: Pick<Finding, 'target'>): string {
  if (target.nodeFile) {
    return `${target.nodeFile.role}:${target.nodeFile.path}${target.field ? `  field ${target.field}` : ''}`;
  }
  const object = target.object ? `${target.object.kind} ${nameOf(target.object)}` : 'the manifests';
  return target.container === undefined ? object : `${object}  container ${target.container}`;
}

function place({ origin }: Finding): string[] {
  const where = [origin.source, origin.path ?? origin.template].filter(Boolean).join(' → ');
  return where ? [`    where    ${where}`] : [];
}

function waiveHint(finding: Finding): string {
  const control = finding.controls.find((id) => controlOf(id).waivable);
  const target = targetOf(finding);
  if (control === undefined || target === undefined) {
    return 'not possible for this control';
  }
  const { container, field } = finding.target;
  const part = container === undefined ? (field === undefined ? '' : ` field: ${JSON.stringify(field)},`) : ` container: ${container},`;
  return `waivers: [{ control: ${control}, target: ${target},${part} reason: …, owner: …, expires: YYYY-MM-DD }]`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
