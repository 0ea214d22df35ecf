#!/usr/bin/env node
import { CommanderError } from 'commander';
import { printable } from '../manifest';
import { ExitCode } from './exit-code';
import { program } from './program';

/** Runs the command line. Sets the exit code instead of leaving at once: what is still on its way to a pipe would be lost. */
async function main(): Promise<void> {
  endQuietlyWithoutReader();
  try {
    await program().parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? usageExitCode(error) : ExitCode.BAD_INPUT;
    if (!(error instanceof CommanderError)) {
      // The message says what to do; a stack of ours does not.
      process.stderr.write(`${(error as Error).message.split('\n').map(printable).join('\n')}\n`);
    }
  }
}

/** Commander has shown what it has to say by now: help and version, which were asked for, or what is wrong with the arguments. */
function usageExitCode({ exitCode }: CommanderError): ExitCode {
  return exitCode === 0 ? ExitCode.CLEAN : ExitCode.BAD_INPUT;
}

/** A reader that has seen enough, such as `head`, closes the pipe: no reason to complain. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

void main();
