import { EVERYTHING } from './encryption-section';
import type { EncryptionSection } from './encryption-section';
import { ETCD_PARTS_IN_THE_CLEAR, etcdPartOf } from './etcd-parts';

/** Where the script lies on control-plane nodes. */
export const VERIFY_SCRIPT_PATH = '/usr/local/sbin/kube-encryption-verify';

/** What the script is told when it is written. */
export interface VerifyScriptProps {
  readonly section: EncryptionSection;
  /** Folder of the configuration on the host. */
  readonly folder: string;
  /** Folder of the cluster's certificates, with those of etcd in `etcd`. */
  readonly pki: string;
}

/** The script that looks into etcd: whether all that should be encrypted was written by the provider that comes first. */
export function verifyScript({ section, folder, pki }: VerifyScriptProps): string {
  const all = section.resources.includes(EVERYTHING);
  return VERIFY_SCRIPT.replaceAll('@FOLDER@', folder)
    .replaceAll('@PKI@', pki)
    .replaceAll('@ONLY@', all ? '' : section.resources.map(etcdPartOf).join(' '))
    .replaceAll('@CLEAR@', [...ETCD_PARTS_IN_THE_CLEAR, ...section.inTheClear.map(etcdPartOf)].join(' '));
}

const VERIFY_SCRIPT = String.raw`#!/usr/bin/env bash
# kube-encryption-verify [--config FILE] [ETCDCTL-FLAG...]: counts what in etcd was written by the provider that comes first in
# the EncryptionConfiguration. Fails if anything that should be was not. Run as root on a control-plane node. It prints counts,
# never a value. Flags for etcdctl take the place of those of kubeadm's etcd on this host.
set -euo pipefail
export LC_ALL=C

file=@FOLDER@/encryption.yaml
only='@ONLY@' # parts of /registry that are encrypted; empty for all
clear='@CLEAR@' # parts that stay in the clear
if [ $# -ge 2 ] && [ "$1" = --config ]; then
  file=$2
  shift 2
fi
if [ $# -eq 0 ]; then
  set -- --endpoints=https://127.0.0.1:2379 --cacert=@PKI@/etcd/ca.crt --cert=@PKI@/etcd/healthcheck-client.crt --key=@PKI@/etcd/healthcheck-client.key
fi

fail() {
  printf '%s\n' "kube-encryption-verify: $*" >&2
  exit 1
}

# On a host without etcdctl, the one in etcd's own container.
container=
if ! command -v etcdctl >/dev/null; then
  container=$(crictl ps --quiet --name '^etcd$' || true)
  [ -n "$container" ] || fail "there is neither etcdctl nor a container of etcd here. Run this where etcd runs."
fi
run_etcdctl() {
  if [ -n "$container" ]; then
    crictl exec "$container" etcdctl "$@"
  else
    etcdctl "$@"
  fi
}

# How values begin that the first provider wrote.
prefix=$(awk '
  /^    providers:$/ { first = 0 }
  /^      - / { first += 1; if (first == 1) { kind = $2; sub(/:$/, "", kind) } }
  first == 1 && /^ +(- )?name: / { name = $NF }
  END { print "k8s:enc:" kind ":" (kind == "kms" ? "v2" : "v1") ":" name ":" }' "$file")

# Keys and the beginnings of values, each with the number of its line: a value begins on the line after its key.
marks() {
  run_etcdctl "$@" get /registry/ --prefix | grep -a -n -o -E '^(/registry/[^/]+/[^/]*|k8s:enc:[a-z]+:v[12]:[^:]+:)'
}

marks "$@" | awk -v prefix="$prefix" -v only="$only" -v clear="$clear" '
  BEGIN {
    count = split(only, list, " "); for (i = 1; i <= count; i++) wanted[list[i]] = 1
    total = split(clear, list, " "); for (i = 1; i <= total; i++) plain[list[i]] = 1
  }
  {
    line = $0; sub(/:.*/, "", line)
    text = $0; sub(/^[0-9]+:/, "", text)
  }
  text ~ /^\// {
    split(text, names, "/")
    part = names[3]
    if ((part "/" names[4]) in wanted) part = part "/" names[4]
    keys[part] += 1
    after = line + 1
    next
  }
  line == after && text == prefix { written[part] += 1 }
  END {
    for (part in keys) {
      if (part in plain || (only != "" && !(part in wanted))) continue
      checked += keys[part]
      missing = keys[part] - written[part]
      bad += missing
      printf "%-45s %8d of %8d%s\n", part, written[part], keys[part], (missing ? "  <- " missing " not written by " prefix : "") | "sort"
    }
    close("sort")
    printf "%d of %d are written by %s\n", checked - bad, checked, prefix
    exit checked == 0 || bad > 0
  }'
`;
