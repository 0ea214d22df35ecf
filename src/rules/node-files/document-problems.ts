import { z } from 'zod';
import type { ControlId } from '../../controls';
import { SUPPORTED_MINORS } from '../../settings';
import type { KubernetesMinor } from '../../settings';
import type { NodeFileProblem } from './node-file-problem';
import { shown, valueOf } from './unknown-data';

/** A kind of configuration document, as the program reads it that it is for. */
export interface DocumentKind {
  readonly kind: string;
  /** Program that reads it, for the error. */
  readonly program: string;
  readonly schema: z.ZodType;
  /** Fields that came after the oldest supported minor, by the first that knows them. */
  readonly since: Readonly<Record<string, KubernetesMinor>>;
  /** Control that a document serves which is read as it was meant. */
  readonly control: ControlId;
}

/** A duration as Go reads it: `168h0m0s`, `-1.5s`, `0s`. */
export const duration = z
  .string()
  .regex(/^[-+]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/, 'is no duration, such as 5m0s')
  .optional();

/**
 * Fields that the document's program does not know, or that hold something else. It matters more than it seems: kubelet and
 * kube-proxy that find an unknown field go on without it, and say so in one line of their log ("Using lenient decoding").
 */
export function documentProblems(document: unknown, { kind, program, schema, since, control }: DocumentKind, minor: KubernetesMinor) {
  const early = Object.entries(since)
    .filter(([field, from]) => valueOf(document, field) !== undefined && SUPPORTED_MINORS.indexOf(minor) < SUPPORTED_MINORS.indexOf(from))
    .map(([field, from]) => problem(field, `came with ${from}: ${program} of ${minor} goes on without it`, 'remove it, or upgrade first'));
  const wrong = (schema.safeParse(document).error?.issues ?? []).flatMap((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        problem(
          [...issue.path, key].join('.'),
          `is no field of ${kind}: ${program} goes on without it, whatever it was meant to set`,
          'correct the name, or remove it',
        ),
      );
    }
    const message = `is ${shown(issue.path.length === 0 ? document : valueOf(document, field))}: ${program} does not read it as it was meant`;
    return [problem(field || kind, message, expected(issue))];
  });
  return [...early, ...wrong];

  function problem(field: string, message: string, remedy: string): NodeFileProblem {
    return { field, message, control, remedy };
  }
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    return `write ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  return issue.code === 'invalid_type' ? `write one of type ${issue.expected}` : `correct it: it ${issue.message}`;
}
