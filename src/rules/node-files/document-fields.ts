import { isRecord, nearestName } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import { CLOSED_TEXTS } from './closed-texts';
import type { DocumentKind } from './document-kinds';
import { kindOf, textProblem, valueProblem } from './field-type';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';
import { atMinor, laterMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';
import { TYPES } from './tables/documents.gen';

export type Path = readonly PropertyKey[];

/** Who reads a document, for what is said of it. */
export interface Reading extends DocumentKind {
  /** Of the document. */
  readonly kind: string;
  readonly minor: KubernetesMinor;
}

type Fields = Readonly<Record<string, ByMinor<string>>>;
const TYPE_TABLE: Readonly<Record<string, Fields>> = TYPES;

/** In what a value is not of the type that the program of this minor reads, further in too. */
export function fieldProblems(value: unknown, type: string, at: Path, reading: Reading): NodeFileProblem[] {
  if (value === null || value === undefined) {
    return []; // as if it were not there
  }
  const fields = Object.hasOwn(TYPE_TABLE, type) ? TYPE_TABLE[type] : undefined;
  if (type.endsWith('[]')) {
    const element = type.slice(0, -'[]'.length);
    return Array.isArray(value)
      ? value.flatMap((item, index) => fieldProblems(item, element, [...at, index], reading))
      : [misread(kindOf(value), 'a list', at, reading)];
  }
  if (type.startsWith('{')) {
    const element = type.slice(1, -1);
    return isRecord(value)
      ? Object.entries(value).flatMap(([name, item]) => fieldProblems(item, element, [...at, name], reading))
      : [misread(kindOf(value), 'a block of names and values', at, reading)];
  }
  if (fields) {
    return isRecord(value)
      ? Object.entries(value).flatMap(([name, item]) => namedField(name, item, type, at, reading))
      : [misread(kindOf(value), 'a block of fields', at, reading)];
  }
  const wrong = valueProblem(value, type, reading.minor);
  return wrong ? [misread(wrong.found, wrong.expected, at, reading)] : [];
}

function namedField(name: string, value: unknown, owner: string, at: Path, reading: Reading): NodeFileProblem[] {
  const fields = TYPE_TABLE[owner] ?? {};
  const type = atMinor(Object.hasOwn(fields, name) ? fields[name] : undefined, reading.minor);
  if (type === undefined) {
    return [unknown(name, fields, at, reading)];
  }
  const texts = CLOSED_TEXTS[`${owner}.${name}`];
  const wrong = texts && typeof value === 'string' ? textProblem(value, texts) : undefined;
  return wrong ? [misread(wrong.found, wrong.expected, [...at, name], reading)] : fieldProblems(value, type, [...at, name], reading);
}

function unknown(name: string, fields: Fields, at: Path, reading: Reading): NodeFileProblem {
  const { kind, program, unknownFields, control, minor } = reading;
  const from = laterMinor(Object.hasOwn(fields, name) ? fields[name] : undefined, minor);
  const meant = nearestName(
    name,
    Object.keys(fields).filter((field) => atMinor(fields[field], minor) !== undefined),
  );
  const consequence = unknownFields === 'ignored' ? 'goes on without it, whatever it was meant to set' : 'refuses the file';
  return {
    field: fieldPath([...at, name]),
    message: `${from ? `came with ${from}` : `is no field of ${kind}`}: ${program} of ${minor} ${consequence}`,
    control,
    remedy: from ? 'remove it, or upgrade first' : meant ? `write ${meant}, or remove it` : 'correct the name, or remove it',
  };
}

function misread(found: string, expected: string, at: Path, { program, control }: Reading): NodeFileProblem {
  return {
    field: fieldPath(at),
    message: `is ${found}: ${program} does not read it as it was meant`,
    control,
    remedy: `write ${expected}`,
  };
}
