import type { ControlId } from '../../controls';
import type { NodeFileProblem } from './node-file-problem';
import { shown, valueOf } from './unknown-data';

/** What a field of a document must hold to be safe. */
export interface FieldCheck {
  /** Dotted path. */
  readonly field: string;
  /** Whether the value is safe. Not asked when the field is absent. */
  readonly safe: (value: unknown) => boolean;
  /** Whether the program's own default is unsafe, so that a whole document must say otherwise. @default false */
  readonly required?: boolean;
  /** What comes of an unsafe value. */
  readonly risk: string;
  readonly control: ControlId;
  /** What to write instead. */
  readonly remedy: string;
}

/** Fields of a document that are not safe. `whole` is false for a part, such as a drop-in file: what it leaves out is set elsewhere. */
export function unsafeFields(document: unknown, checks: readonly FieldCheck[], whole: boolean): NodeFileProblem[] {
  return checks.flatMap(({ field, safe, required = false, risk, control, remedy }) => {
    const value = valueOf(document, field);
    if (value === undefined ? !(required && whole) : safe(value)) {
      return [];
    }
    return [{ field, message: `${value === undefined ? 'is not set' : `is ${shown(value)}`}: ${risk}`, control, remedy }];
  });
}

/** Makes a check for one safe value. */
export function is(expected: boolean | number | string): (value: unknown) => boolean {
  return (value) => value === expected;
}
