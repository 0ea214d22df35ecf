/** What the exit code of every command means. */
export enum ExitCode {
  CLEAN = 0,
  /** The command has done its work, and found what must not be. */
  FINDINGS = 1,
  /** Something could not be read or understood, so there is no answer for it. */
  BAD_INPUT = 2,
}
