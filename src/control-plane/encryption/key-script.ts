import { VERIFY_SCRIPT_PATH } from './verify-script';

/** Where the script lies on control-plane nodes. */
export const KEY_SCRIPT_PATH = '/usr/local/sbin/kube-encryption-key';

/** What the script is told when it is written. */
export interface KeyScriptProps {
  /** Folder of the configuration on the host; the skeleton lies in it. Absolute, without quotes or spaces. */
  readonly folder: string;
  /** Path of the script that looks into etcd. @default VERIFY_SCRIPT_PATH */
  readonly verify?: string;
}

/**
 * The script that makes the key on the node, and rotates it. The key goes from the kernel through pipes into the file; the
 * configuration is always replaced whole, by rename. Provider entries are moved as blocks of lines, which is why the file stays
 * as this project writes it: block style, two spaces.
 */
export function keyScript({ folder, verify = VERIFY_SCRIPT_PATH }: KeyScriptProps): string {
  return KEY_SCRIPT.replaceAll('@FOLDER@', folder).replaceAll('@VERIFY@', verify);
}

const KEY_SCRIPT = String.raw`#!/usr/bin/env bash
# kube-encryption-key [--dir FOLDER] COMMAND: makes the key that the API server encrypts with, and rotates it. Run as root on a
# control-plane node; every control-plane node must have the same file.
#
#   init          makes the configuration with its first key; where there is one, nothing
#   add           puts a new key second: every API server can then read what is about to be written with it
#   promote       puts the new key first: it writes from now on
#   finish        takes the old key away, if nothing in etcd is written with it
#   strict        takes identity away, if nothing in etcd is in the clear: what somebody puts there so is not believed
#   receive HASH  takes the configuration from standard input, if it is whole and has this hash
#   status        says what writes, what reads, and the hash
#
# finish and strict hand further arguments to etcdctl. Every command can be run again. Interrupted at any point, the file is
# the one before or the one after. No key is ever an argument, a variable or output.
set -euo pipefail
umask 077
export LC_ALL=C

dir=@FOLDER@
if [ $# -ge 2 ] && [ "$1" = --dir ]; then
  dir=$2
  shift 2
fi
file=$dir/encryption.yaml
skeleton=$dir/skeleton.yaml

say() { printf '%s\n' "kube-encryption-key: $*" >&2; }
fail() {
  say "$@"
  exit 1
}

# The temporary files of this run; of a run that was killed, the next one.
cleanup() { rm -f -- "$dir"/.encryption.??????; }

lock() {
  [ ! -L "$dir" ] || fail "$dir is a symbolic link. Make it a folder that only root can write to."
  [ -f "$skeleton" ] || fail "$skeleton is missing. Install it first; it says what is encrypted."
  chmod 0700 -- "$dir"
  exec 9<"$dir"
  flock -w 60 9 || fail "another run holds $dir. Wait for it to end."
  cleanup
  trap cleanup EXIT
}

temporary() { mktemp "$dir/.encryption.XXXXXX"; }

# The skeleton with a new key, where its provider needs one.
with_key() {
  local moment name number
  moment=key-$(date -u +%Y%m%d-%H%M%S)
  name=$moment
  for ((number = 2; number < 100; number++)); do
    if [ ! -e "$file" ] || ! grep -q "name: $name\$" "$file"; then break; fi
    name=$moment-$number
  done
  {
    head -c 32 /dev/urandom | base64 -w 0
    echo
    cat -- "$skeleton"
  } | awk -v name="$name" '
    NR == 1 { secret = $0; next }
    / keys: \[\]$/ {
      sub(/ \[\]$/, "")
      print
      print "            - name: " name
      print "              secret: " secret
      next
    }
    { print }'
}

# Whether a file is a whole configuration, each key in it of 32 bytes.
is_whole() {
  awk '
    NR == 1 && !/^# rotation: (none|added|promoted)$/ { bad = 1 }
    /^kind: EncryptionConfiguration$/ { kind = 1 }
    / keys: \[\]$/ { bad = 1 }
    /^ +secret: / && length($2) != 44 { bad = 1 }
    /^    providers:$/ { entries = 0 }
    /^      - / { entries += 1 }
    END { exit bad || !kind || !entries }' "$1"
}

# The configuration with the provider entries of its last rule in the order after STEP; "new" is the file with the new key.
arranged() { # STEP STATE NEW
  awk -v step="$1" -v state="$2" '
    function show(which, i) { printf "%s", entry[which, i]; entry[which, i] = "" }
    function flush(i) { for (i = 1; i <= count[from]; i++) { head[from] = head[from] entry[from, i]; entry[from, i] = "" } count[from] = 0 }
    FNR == 1 && /^# rotation: / { next }
    /^    providers:$/ { flush(); head[from] = head[from] $0 "\n"; inside = 1; next }
    inside && /^      - / { count[from] += 1 }
    inside && /^      / { entry[from, count[from]] = entry[from, count[from]] $0 "\n"; next }
    { flush(); inside = 0; head[from] = head[from] $0 "\n" }
    END {
      printf "# rotation: %s\n%s", state, head["old"]
      if (step == "add") { show("old", 1); show("new", 1) }
      if (step == "promote") { show("old", 2); show("old", 1) }
      if (step == "finish") { show("old", 1); entry["old", 2] = "" }
      for (i = 1; i <= count["old"]; i++) if (step != "strict" || entry["old", i] !~ /^      - identity:/) show("old", i)
    }' from=new "$3" from=old "$file"
}

# What the command prints becomes the configuration, all of it or nothing.
replace() {
  local new
  new=$(temporary)
  "$@" >"$new"
  install_file "$new"
}

install_file() {
  is_whole "$1" || fail "the new configuration is not whole. $file is as it was."
  chmod 0600 -- "$1"
  sync -- "$1"
  mv -fT -- "$1" "$file"
  sync -- "$dir"
}

state() { sed -n '1s/^# rotation: //p' "$file"; }

first_configuration() { # KEYED-SKELETON
  echo '# rotation: none'
  cat -- "$1"
}

# What each provider entry of the last rule is, in order: "secretbox key-20261124-101500".
providers() {
  awk '
    /^    providers:$/ { count = 0 }
    /^      - / { count += 1; kind[count] = $2; name[count] = ""; sub(/:$/, "", kind[count]) }
    /^ +(- )?name: / { name[count] = $NF }
    END { for (i = 1; i <= count; i++) print kind[i] (name[i] == "" ? "" : " " name[i]) }' "$1"
}

init() {
  if [ -e "$file" ]; then
    say "$file is there, left as it is."
    return
  fi
  local keyed
  keyed=$(temporary)
  with_key >"$keyed"
  replace first_configuration "$keyed"
  say "made $file. Copy it to every other control-plane node before the API server there starts."
}

add() {
  case $(state) in
    added) say "a new key is second already. Next: loaded everywhere, then promote." ;;
    promoted) fail "a rotation is under way: the new key is first. Finish it, then add." ;;
    none)
      local keyed
      keyed=$(temporary)
      with_key >"$keyed"
      if [ "$(providers "$keyed" | head -n 1)" = "$(providers "$file" | head -n 1)" ]; then
        fail "the provider of $skeleton is the one that writes already. Give the key service another name first."
      fi
      replace arranged add added "$keyed"
      say "the new key is second. Copy the file to every control-plane node; when every API server has loaded it: promote."
      ;;
  esac
}

promote() {
  case $(state) in
    added)
      replace arranged promote promoted /dev/null
      say "the new key is first. Copy the file to every control-plane node; when every API server has loaded it: rewrite, then finish."
      ;;
    promoted) say "the new key is first already. Next: rewrite, then finish." ;;
    *) fail "there is no new key. Run add first." ;;
  esac
}

finish() {
  case $(state) in
    promoted)
      "@VERIFY@" --config "$file" "$@" || fail "the old key stays: it is still needed. Run kube-encryption-rewrite, then finish again."
      replace arranged finish none /dev/null
      say "the old key is gone from $file. Copy the file to every control-plane node. Backups of etcd made before need the old key."
      ;;
    none) say "no rotation is under way." ;;
    *) fail "the new key does not write yet. Run promote first." ;;
  esac
}

strict() {
  [ "$(state)" = none ] || fail "a rotation is under way. Finish it first."
  if [ "$(providers "$file" | grep -cx identity)" = 0 ]; then
    say "identity is gone already."
    return
  fi
  "@VERIFY@" --config "$file" "$@" || fail "identity stays: something is in the clear. Run kube-encryption-rewrite, then strict again."
  replace arranged strict none /dev/null
  say "what is in the clear is not read any more. Copy the file to every control-plane node."
}

receive() { # HASH
  local new
  new=$(temporary)
  cat >"$new"
  [ "sha256:$(sha256sum <"$new" | cut -d ' ' -f 1)" = "$1" ] || fail "what came is not the file with the hash $1. $file is as it was."
  install_file "$new"
  say "$file is the one with the hash $1."
}

status() {
  providers "$file" | awk '{ print (NR == 1 ? "writes" : "reads "), $0 }'
  printf 'rotation %s\nsha256:%s\n' "$(state)" "$(sha256sum <"$file" | cut -d ' ' -f 1)"
}

[ $# -ge 1 ] || set -- help
command=$1
shift
case $command in
  init | add | promote | finish | strict)
    lock
    if [ "$command" != init ]; then
      [ -e "$file" ] || fail "$file is missing. Run init first, or receive it from another node."
      [ -n "$(state)" ] || fail "$file is not of this script's making. Rotate it by hand."
    fi
    "$command" "$@"
    ;;
  receive)
    [ $# -eq 1 ] || fail "receive needs the hash that status prints on the node where the file was made."
    lock
    receive "$1"
    ;;
  status)
    [ -e "$file" ] || fail "$file is missing. Run init first, or receive it from another node."
    status
    ;;
  *)
    sed -n '2,/^set -/s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
`;
