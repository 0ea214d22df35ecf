import type { Assessment } from '../../assessment';
import { subjectOf } from '../../assessment';
import type { Artifacts } from '../../manifest';
import type { Finding } from '../../rules';
import type { Waiver } from '../../waivers';
import { fileChanges } from './file-changes';
import { flowChanges } from './flow-changes';
import { objectChanges } from './object-changes';
import { permissionChanges } from './permission-changes';
import type { ChangeSubject, PostureChange } from './posture-change';
import { sideBySide } from './side-by-side';

/** What is compared: what there is, and what the rules say of it. */
export interface Posture {
  readonly artifacts: Artifacts;
  readonly assessment: Assessment;
}

/** What became looser, what stricter, and what else is other than before. In the order of `CHANGE_SUBJECTS`. Pure. */
export function postureDiff(before: Posture, after: Posture): PostureChange[] {
  return [
    ...gainedAndLost('finding', before.assessment.findings, after.assessment.findings, findingText, ({ controls }) => controls[0]),
    ...gainedAndLost('waiver', waivers(before), waivers(after), waiverText, ({ control }) => control),
    ...flowChanges(before.artifacts, after.artifacts),
    ...permissionChanges(before.artifacts, after.artifacts),
    ...objectChanges(before.artifacts, after.artifacts),
    ...fileChanges(before.artifacts, after.artifacts),
  ];
}

/** What only the one has is looser if it is new, and stricter if it is gone: findings and waivers are never wanted. */
function gainedAndLost<T>(
  subject: ChangeSubject,
  before: readonly T[],
  after: readonly T[],
  textOf: (item: T) => string,
  controlOf: (item: T) => string | undefined,
): PostureChange[] {
  const named = (items: readonly T[]): Map<string, T> => new Map(items.map((item) => [textOf(item), item]));
  return sideBySide(named(before), named(after)).flatMap(([text, was, is]): PostureChange[] => {
    const control = controlOf((is ?? was) as T);
    if (!was) {
      return [{ subject, tendency: 'looser', control, what: text }];
    }
    return is ? [] : [{ subject, tendency: 'stricter', control, what: `${text} (no more)` }];
  });
}

/** Those that accept something: one that accepts nothing loosens nothing. */
function waivers({ assessment }: Posture): Waiver[] {
  return [...new Set(assessment.waived.map(({ waiver }) => waiver))];
}

function findingText(finding: Finding): string {
  return `${subjectOf(finding)}: ${finding.message}`;
}

function waiverText({ target, container, reason }: Waiver): string {
  return `${target}${container === undefined ? '' : ` container ${container}`}: ${reason}`;
}
