#!/usr/bin/env bash
# The host firewall with real packets, in network namespaces. They live in namespaces of this run alone (network, mounts,
# processes), so that all of it is gone when it ends, however it ends.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
[ "$(id -u)" = 0 ] || missing+=("root")
for program in nft ip unshare ping python3; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "test:firewall: skipped, it needs ${missing[*]} (on Debian: apt-get install nftables iproute2 iputils-ping)"
  exit 0
fi

# shellcheck disable=SC2016
exec unshare --net --mount --pid --fork --kill-child --mount-proc bash -c '
  trap "exit 130" INT TERM # the first process of a namespace has no default for them
  mount -t tmpfs tmpfs /run
  node node_modules/jest/bin/jest.js --ci --maxWorkers=2 --testPathIgnorePatterns=/node_modules/ -- test/e2e/firewall &
  wait $!
'
