import { SEVERITIES } from './control';
import type { Severity } from './control';
import { controlOf } from './controls';
import type { ControlId } from './controls';

/** Whether one severity is at least as high as another. */
export function atLeast(severity: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(other);
}

/** The highest severity among controls: how severe it is when a rule that serves them fails. */
export function severityOf(controls: readonly ControlId[]): Severity {
  const severities = controls.map((id) => controlOf(id).severity);
  return severities.reduce((highest, severity) => (atLeast(severity, highest) ? severity : highest), SEVERITIES[0]);
}
