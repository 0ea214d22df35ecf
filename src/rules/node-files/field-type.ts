import { GO_DURATION } from './go-duration';
import type { KubernetesMinor } from '../../settings';
import { atMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';
import { VALUES } from './tables/documents.gen';
import { shown } from './unknown-data';

/** What is wrong with a value that has no fields of its own, and how to write it. */
export interface ValueProblem {
  /** What is there. Shown only where it can be no secret. */
  readonly found: string;
  /** What to write. */
  readonly expected: string;
}

interface Scalar {
  /** What to write, after `write`. */
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
  /** Whether a wrong value may be shown. A text could be a token. @default false */
  readonly shown?: boolean;
}

const QUANTITY = /^[-+]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

const isText = (value: unknown): boolean => typeof value === 'string';
const isDuration = (value: unknown): boolean => typeof value === 'string' && GO_DURATION.test(value);

/** How Go reads the types that have no fields. */
const SCALARS: Readonly<Record<string, Scalar>> = {
  any: { expected: 'it', holds: () => true },
  bool: { expected: 'true or false, without quotes', holds: (value) => typeof value === 'boolean', shown: true },
  bytes: { expected: 'base64, in quotes', holds: isText },
  duration: { expected: 'a duration, such as 5m0s', holds: isDuration, shown: true },
  durationOrInt: { expected: 'a duration, such as 5s', holds: (value) => isDuration(value) || Number.isInteger(value), shown: true },
  int: { expected: 'a whole number, without quotes', holds: Number.isInteger, shown: true },
  intOrString: { expected: 'a whole number or a text', holds: (value) => isText(value) || Number.isInteger(value) },
  number: { expected: 'a number, without quotes', holds: (value) => typeof value === 'number', shown: true },
  quantity: {
    expected: 'a quantity, such as 500Mi',
    holds: (value) => typeof value === 'number' || (typeof value === 'string' && QUANTITY.test(value)),
    shown: true,
  },
  string: { expected: 'a text, in quotes', holds: isText },
  time: { expected: 'a time, such as 2026-11-24T12:00:00Z', holds: isText },
};

/** Why Go does not read the value as this type; undefined if it does, or if the type has fields. */
export function valueProblem(value: unknown, type: string, minor: KubernetesMinor): ValueProblem | undefined {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  if (scalar) {
    return scalar.holds(value) ? undefined : { found: scalar.shown ? foundOf(value) : kindOf(value), expected: scalar.expected };
  }
  const values = atMinor((VALUES as Readonly<Record<string, ByMinor<readonly string[]>>>)[type], minor);
  return values && textProblem(value, values);
}

/** Why a value is none of these texts; undefined if it is one, or an empty one, which stands for the default. */
export function textProblem(value: unknown, texts: readonly string[]): ValueProblem | undefined {
  return value === '' || texts.includes(value as string)
    ? undefined
    : { found: foundOf(value), expected: texts.filter(Boolean).join(', or ') };
}

/** The value itself if it is short by nature, or else its kind: lists and blocks may hold themselves. */
function foundOf(value: unknown): string {
  return ['boolean', 'number', 'string'].includes(typeof value) ? shown(value) : kindOf(value);
}

/** `a text`, `a list`: the kind of a value, and nothing of what it holds. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  const kinds: Readonly<Record<string, string>> = {
    bigint: 'a number',
    boolean: 'true or false',
    number: 'a number',
    object: 'a block',
    string: 'a text',
  };
  return kinds[typeof value] ?? 'nothing';
}
