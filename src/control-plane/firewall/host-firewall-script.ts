import { NFT_TABLE } from './nftables';

const FIREWALL_FOLDER = '/etc/host-firewall';

/** Where the rule set is that was brought to the host, and where the one is that somebody confirmed: only that is loaded at start. */
export const CANDIDATE_RULES = `${FIREWALL_FOLDER}/candidate.nft`;
export const CONFIRMED_RULES = `${FIREWALL_FOLDER}/confirmed.nft`;

/** Seconds in which a rule set must be confirmed, unless others are given. */
export const CONFIRM_SECONDS = 60;

/**
 * The script that puts a rule set in force on a host without anybody being locked out: it goes back by itself unless somebody
 * confirms it from a new login. A login that is there already proves nothing: its connection is let through as established.
 *
 * @param folder of the rule sets
 * @param state folder that a restart empties
 */
export function hostFirewallScript(folder = FIREWALL_FOLDER, state = '/run/host-firewall'): string {
  return `#!/usr/bin/env bash
# Puts the host firewall in force, and takes it back unless it is confirmed. Generated: change the blueprint, not this file.
set -euo pipefail

folder=${folder}
state=${state}
candidate=$folder/candidate.nft
confirmed=$folder/confirmed.nft
applied=$state/applied.nft
pending=$state/pending
self=$(readlink -f "\${BASH_SOURCE[0]}")

usage() {
  cat >&2 <<TEXT
host-firewall check              says whether $candidate can be loaded
host-firewall apply [SECONDS]    loads it; after ${CONFIRM_SECONDS} seconds, or SECONDS, the rules of before come back, unless
host-firewall confirm            keeps it, and has it loaded at every start: run this from a NEW login
host-firewall rollback           brings back the confirmed rules, or no firewall where there are none
TEXT
  exit 2
}

fail() {
  echo "host-firewall: $1" >&2
  exit 1
}

# One command at a time: what waits to be confirmed is confirmed, or taken back, and never both.
lock() {
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock 9
}

# The login that this process belongs to, as the kernel's audit numbers it; nothing where it does not.
login() {
  local id=4294967295
  [ ! -r /proc/self/sessionid ] || id=$(cat /proc/self/sessionid)
  [ "$id" = 4294967295 ] || echo "$id"
}

check() {
  [ -f "$candidate" ] || fail "there is no $candidate: bring the node files to this host first"
  nft -c -f "$candidate" || fail "$candidate cannot be loaded. Nothing was changed."
  for other in firewalld ufw; do
    if systemctl is-active --quiet "$other" 2>/dev/null; then
      fail "$other is running, and drops what it does not know, whatever is allowed here. Stop it first: systemctl disable --now $other"
    fi
  done
}

restore() {
  if [ -f "$confirmed" ]; then
    nft -f "$confirmed"
  else
    nft -f - <<TEXT
table ${NFT_TABLE}
delete table ${NFT_TABLE}
TEXT
  fi
}

# Runs the command apart from this login, so that neither its end nor its lost connection stops it.
detached() {
  if [ -d /run/systemd/system ]; then
    systemd-run --quiet --collect "$@"
  else
    setsid "$@" </dev/null >/dev/null 2>&1 9>&- &
  fi
}

apply() {
  local seconds=$1 run
  [[ $seconds =~ ^[1-9][0-9]{0,4}$ ]] || usage
  check
  lock
  cp "$candidate" "$applied" # what is in force is what confirm keeps, whatever becomes of the candidate meanwhile
  run=$(date +%s%N)
  echo "$run $(login)" >"$pending"
  detached bash "$self" expire "$run" "$seconds" # the way back first, then the rules
  nft -f "$applied"
  echo "In force for $seconds seconds. Open a NEW connection to this host, and run there: host-firewall confirm"
}

# Waits, and takes back what this run applied, unless it was confirmed, or something else was applied.
expire() {
  local run=$1 seconds=$2
  sleep "$seconds"
  lock
  [ -f "$pending" ] && [ "$(cut -d' ' -f1 "$pending")" = "$run" ] || return 0
  rm "$pending"
  restore
  logger -t host-firewall "not confirmed within $seconds seconds: the rules of before are in force again" || true
}

confirm() {
  local by
  lock
  [ -f "$pending" ] || fail "nothing waits to be confirmed: it was taken back, or never applied. Run first: host-firewall apply"
  by=$(cut -d' ' -f2 "$pending")
  if [ -n "$by" ] && [ "$by" = "$(login)" ]; then
    fail "this login applied the rules, and its connection is older than they are. Confirm from a new one."
  fi
  cp "$applied" "$confirmed.new"
  chmod 0600 "$confirmed.new"
  mv "$confirmed.new" "$confirmed"
  rm "$pending"
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl enable --now --quiet host-firewall.service
  fi
  echo "Confirmed. These rules are loaded at every start."
}

rollback() {
  lock
  rm -f "$pending"
  restore
  echo "The confirmed rules are in force, or no firewall where there are none."
}

case "\${1:-}" in
  check) check ;;
  apply) apply "\${2:-${CONFIRM_SECONDS}}" ;;
  confirm) confirm ;;
  rollback) rollback ;;
  expire) expire "$2" "$3" ;;
  *) usage ;;
esac
`;
}

/**
 * Loads the confirmed rules at start, before any network is up. Not `nftables.service` of the distribution: stopping or
 * reloading that one flushes the whole rule set, and with it the tables of kube-proxy and of the network plugin.
 */
export const HOST_FIREWALL_UNIT = `[Unit]
Description=Host firewall
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
ConditionPathExists=${CONFIRMED_RULES}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f ${CONFIRMED_RULES}
ExecReload=/usr/sbin/nft -f ${CONFIRMED_RULES}
ExecStop=-/usr/sbin/nft delete table ${NFT_TABLE}
CapabilityBoundingSet=CAP_NET_ADMIN
NoNewPrivileges=yes
ProtectHome=yes
ProtectSystem=strict

[Install]
WantedBy=sysinit.target
`;
