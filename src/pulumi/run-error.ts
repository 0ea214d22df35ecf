import { RunError } from '@pulumi/pulumi';

/**
 * An error that Pulumi shows without a stack, since its message says what to do. It has none either: with one, Pulumi takes half
 * a minute and gigabytes on Node 20 to look through it.
 */
export function runError(message: string): RunError {
  const error = new RunError(message);
  error.stack = message;
  return error;
}

/** Any error as one that Pulumi shows without a stack. */
export function toRunError(error: unknown): RunError {
  return runError(error instanceof Error ? error.message : String(error));
}
