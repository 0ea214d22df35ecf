import type { SeccompArg } from './seccomp-document';

/** A rule of the runtimes' default profile, with the architectures (as Go calls them) that it is for. */
export interface RuntimeDefaultRule {
  readonly names: readonly string[];
  /** @default 'SCMP_ACT_ALLOW' */
  readonly action?: 'SCMP_ACT_ERRNO';
  readonly errnoRet?: number;
  readonly args?: readonly SeccompArg[];
  readonly onlyOn?: readonly string[];
  readonly notOn?: readonly string[];
}
