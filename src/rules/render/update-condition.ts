import type { MatchCondition } from './admission-objects';

/**
 * Passes by updates that leave these fields alone, so that labels, finalizers and status can still be written on what was
 * there before the policy. What is being deleted needs nothing else: it is a finalizer that is taken away then. Were it let
 * pass whatever it becomes, a Role that a finalizer holds would still grant what it is changed to.
 */
export function changesOneOf(fields: readonly string[]): MatchCondition {
  return {
    name: 'judged-fields-change',
    expression: [`request.operation == 'CREATE'`, ...fields.map((field) => `${read('object', field)} != ${read('oldObject', field)}`)].join(
      ' || ',
    ),
  };
}

/** True, in CEL, when an update leaves these fields alone. */
export function leavesAlone(fields: readonly string[]): string {
  return fields.map((field) => `${read('object', field)} == ${read('oldObject', field)}`).join(' && ');
}

/** The value of a field, and an empty map where there is none: any two values can be compared. */
function read(object: 'object' | 'oldObject', field: string): string {
  return `dyn(${object})${field
    .split('.')
    .map((part) => `.?${part}`)
    .join('')}.orValue({})`;
}
