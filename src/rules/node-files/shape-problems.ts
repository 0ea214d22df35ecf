import type { z } from 'zod';
import type { ControlId } from '../../controls';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';

/** What `shapeProblems` is told about a kind of document. */
export interface Shape<T extends z.ZodType> {
  readonly schema: T;
  /** Control that the document serves. */
  readonly control: ControlId;
  /** What the program does with a field that it does not know. */
  readonly unknownFields: 'refused' | 'ignored';
}

/** Characters of a value that a message shows. */
const LONGEST_SHOWN = 60;

/** The document if it has the shape, or else everything in which it has not. */
export function shapeOf<T extends z.ZodType>(
  document: unknown,
  shape: Shape<T>,
  at: readonly PropertyKey[] = [],
): { readonly value?: z.output<T>; readonly problems: readonly NodeFileProblem[] } {
  const result = shape.schema.safeParse(document, { error: ownWords });
  return result.success
    ? { value: result.data, problems: [] }
    : { problems: result.error.issues.flatMap((issue) => describe(issue, document, shape, at)) };
}

/** `describe` has words for a wrong type. Those of zod name the constructor of the value, which in a file from elsewhere may be anything. */
function ownWords({ code }: z.core.$ZodRawIssue): string | undefined {
  return code === 'invalid_type' ? 'is of another type' : undefined;
}

function describe<T extends z.ZodType>(
  issue: z.core.$ZodIssue,
  document: unknown,
  { control, unknownFields }: Shape<T>,
  at: readonly PropertyKey[],
): NodeFileProblem[] {
  const field = fieldPath([...at, ...issue.path]);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldPath([...at, ...issue.path, key]),
      message: `there is no such field: the API server ${unknownFields === 'refused' ? 'does not start with it' : 'goes on without it'}`,
      control,
      remedy: 'remove it, or correct its spelling',
    }));
  }
  const value = shown(document, issue.path);
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map((item) => JSON.stringify(item)).join(', ');
    return [{ field, message: value === undefined ? 'it is missing' : `${value} is not allowed`, control, remedy: `write ${allowed}` }];
  }
  if (issue.code === 'invalid_type') {
    const message = value === undefined ? 'it is missing' : `${value} is of another type`;
    return [{ field, message, control, remedy: `write ${article(issue.expected)}` }];
  }
  return [{ field, message: value === undefined ? issue.message : `${value}: ${issue.message}`, control, remedy: 'correct it' }];
}

/** A value as it is written; only that it is there where it may be a key. */
function shown(document: unknown, path: readonly PropertyKey[]): string | undefined {
  const value = path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Record<PropertyKey, unknown>)[part] : undefined,
    document,
  );
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'a list' : 'a block';
  }
  const text = path.at(-1) === 'secret' ? 'what is there' : (JSON.stringify(value) ?? 'what is there');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a block',
    record: 'a block',
    int: 'a whole number',
    boolean: 'true or false',
    string: 'a text',
  };
  return words[expected] ?? `a ${expected}`;
}
