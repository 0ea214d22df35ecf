import type { Assessment } from '../assessment';
import { atLeast, SEVERITIES, severityOf } from '../controls';
import type { Severity } from '../controls';
import type { Manifest, ReadProblem } from '../manifest';
import type { Finding } from '../rules';
import type { PlatformSettings } from '../settings';

/** What is known after manifests have been checked: the input of every report format. */
export interface CheckReport {
  /** Version of this package. */
  readonly version: string;
  /** What the manifests were judged by. */
  readonly settings: PlatformSettings;
  /** Severity from which a finding fails the check. */
  readonly failOn: Severity;
  readonly manifests: readonly Manifest[];
  /** What could not be read, so that nothing is known of it. */
  readonly unread: readonly ReadProblem[];
  readonly assessment: Assessment;
}

/** A report format: the whole report as text. Pure. */
export type ReportFormat = (report: CheckReport) => string;

/** Whether a finding fails the check. */
export function fails({ controls }: Finding, failOn: Severity): boolean {
  return atLeast(severityOf(controls), failOn);
}

/** Whether the check has found what must not be. What could not be read is another matter: nothing is known of it. */
export function hasFailed({ assessment, failOn }: CheckReport): boolean {
  return assessment.problems.length > 0 || assessment.findings.some((finding) => fails(finding, failOn));
}

/** How many findings there are of each severity, the most severe first; none of those that there are not. */
export function countBySeverity(findings: readonly Finding[]): [Severity, number][] {
  return [...SEVERITIES]
    .reverse()
    .map((severity): [Severity, number] => [severity, findings.filter(({ controls }) => severityOf(controls) === severity).length])
    .filter(([, count]) => count > 0);
}
