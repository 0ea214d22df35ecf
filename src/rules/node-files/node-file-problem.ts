import type { ControlId } from '../../controls';

/** What is wrong in a file for hosts: the program refuses it, overlooks a part of it, or is left open by it. */
export interface NodeFileProblem {
  /** Path of the field, such as `rules[3].resources[0].group`, or name of the flag; empty for the document as a whole. */
  readonly field: string;
  /** What is wrong, with the value found; never a key or a password. */
  readonly message: string;
  readonly control: ControlId;
  /** How to mend it. */
  readonly remedy: string;
}

/** `['resources', 1, 'providers']` as `resources[1].providers`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`), '');
}
