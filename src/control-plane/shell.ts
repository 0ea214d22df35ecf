/**
 * The beginning of a script for hosts: what it does, strict mode, files that only root reads, `die`, and `needs`, which ends it when
 * a command is missing. Scripts never use `set -x`, and take no secret as an argument, which every process of the host could read.
 */
export function scriptHead(what: string): string {
  return `#!/usr/bin/env bash
# ${what}
set -euo pipefail
umask 077

die() { echo "$(basename "$0"): $*" >&2; exit 1; }
needs() {
  local program
  for program in "$@"; do command -v "$program" >/dev/null || die "$program is not installed, or not on the PATH"; done
}
`;
}
