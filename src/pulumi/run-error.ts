import { RunError } from '@pulumi/pulumi';

/** Runs `body`; what it throws becomes an error that Pulumi shows without a stack: its message says what to do. */
export function asRunError<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw toRunError(error);
  }
}

/** The error as one that Pulumi shows without a stack. */
export function toRunError(error: unknown): RunError {
  return RunError.isInstance(error) ? error : new RunError(error instanceof Error ? error.message : String(error));
}
