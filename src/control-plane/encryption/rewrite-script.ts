import { EVERYTHING } from './encryption-section';
import type { EncryptionSection } from './encryption-section';

/** Where the script lies on the machine from which the cluster is administered. */
export const REWRITE_SCRIPT_PATH = '/usr/local/bin/kube-encryption-rewrite';

/** The script that reads every encrypted object and writes it back unchanged, so that it is encrypted by the provider that comes first. */
export function rewriteScript({ resources, inTheClear }: EncryptionSection): string {
  const named = resources.includes(EVERYTHING) ? [] : resources;
  return REWRITE_SCRIPT.replaceAll('@RESOURCES@', named.join(' ')).replaceAll('@CLEAR@', [...inTheClear, 'events.events.k8s.io'].join(' '));
}

const REWRITE_SCRIPT = String.raw`#!/usr/bin/env bash
# kube-encryption-rewrite [RESOURCE...]: reads every encrypted object and writes it back unchanged, so that it is encrypted by
# the provider that comes first. Run when every API server has loaded the configuration (kube-encryption-loaded), and again
# after it was interrupted. Needs a kubectl whose user may get, list and update everything. It prints names and counts, never
# what objects hold.
set -euo pipefail

resources='@RESOURCES@' # empty for all that the cluster has
clear='@CLEAR@' # what stays in the clear
tries=5

fail() {
  printf '%s\n' "kube-encryption-rewrite: $*" >&2
  exit 1
}

all_resources() {
  kubectl api-resources --verbs=get,list,update -o name | awk -v clear="$clear" '
    BEGIN { count = split(clear, list, " "); for (i = 1; i <= count; i++) plain[list[i]] = 1 }
    !($0 in plain)'
}

# What kubectl says when an object was changed or deleted after it was read. Whoever changed it has written it with the new key.
only_changed() { ! printf '%s\n' "$1" | grep -vE '^Error from server \((Conflict|NotFound)\)|^Warning: |^$' >&2; }

rewrite() { # RESOURCE
  local try errors
  for ((try = 1; try <= tries; try++)); do
    if errors=$({ kubectl get "$1" --all-namespaces -o json | kubectl replace -f - >/dev/null; } 2>&1); then
      return 0
    fi
    case $errors in
      *'no objects passed to replace'*) return 0 ;; # there are none
    esac
    only_changed "$errors" || return 1
    sleep "$try"
  done
  printf '%s\n' "$1: some changed each time they were read, and were so written by others" >&2
}

if [ $# -eq 0 ]; then
  [ -n "$resources" ] || resources=$(all_resources)
  # shellcheck disable=SC2086 # names of resources have no spaces
  set -- $resources
fi
[ $# -gt 0 ] || fail "the cluster has no resource that can be rewritten. Look at kubectl api-resources."
failed=
for resource in "$@"; do
  if rewrite "$resource"; then
    printf '%s\n' "$resource rewritten"
  else
    failed="$failed $resource"
  fi
done
[ -z "$failed" ] || fail "not rewritten:$failed. Mend what is said above, and run it again for these."
`;
