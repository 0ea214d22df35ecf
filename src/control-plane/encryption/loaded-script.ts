/** Where the script lies on the machine from which the cluster is administered. */
export const LOADED_SCRIPT_PATH = '/usr/local/bin/kube-encryption-loaded';

/** Looks, three seconds apart. The API server looks at its file once a minute. */
const LOOKS = 50;

/**
 * The script that waits until every API server has loaded an EncryptionConfiguration. Each says the hash of the file that it
 * runs with in its metrics (Kubernetes 1.34 and newer), so that nothing has to be guessed from times.
 *
 * @see https://github.com/kubernetes/apiserver/blob/release-1.36/pkg/server/options/encryptionconfig/metrics/metrics.go
 */
export function loadedScript(): string {
  return LOADED_SCRIPT.replaceAll('@LOOKS@', String(LOOKS));
}

const LOADED_SCRIPT = String.raw`#!/usr/bin/env bash
# kube-encryption-loaded HASH [URL...]: waits until every API server runs with the EncryptionConfiguration of this hash (as
# kube-encryption-key status prints it). It takes about a minute: the API server looks at the file once a minute. URLs are those
# of the API servers, one by one and not through a load balancer; without any, those that the Service kubernetes leads to.
# Needs a kubectl whose user may get /metrics.
set -euo pipefail

fail() {
  printf '%s\n' "kube-encryption-loaded: $*" >&2
  exit 1
}

case "$#:$*" in
  [1-9]*:sha256:*) ;;
  *) fail "give the hash that kube-encryption-key status prints on a control-plane node: sha256:..." ;;
esac
hash=$1
shift

urls() {
  if [ $# -gt 0 ]; then
    printf '%s\n' "$@"
  else
    # shellcheck disable=SC2016 # the variables are kubectl's
    kubectl get endpointslices --namespace default --selector kubernetes.io/service-name=kubernetes -o go-template='
      {{- range .items}}{{$family := .addressType}}{{$port := (index .ports 0).port}}
        {{- range .endpoints}}{{range .addresses}}https://{{if eq $family "IPv6"}}[{{.}}]{{else}}{{.}}{{end}}:{{$port}}{{"\n"}}{{end}}{{end}}
      {{- end}}'
  fi
}

runs_with_hash() { # URL
  kubectl --server "$1" get --raw /metrics | awk -v label="hash=\"$hash\"" '
    /^apiserver_encryption_config_controller_last_config_info\{/ && index($0, "," label "}") { found = 1 }
    END { exit !found }'
}

list=$(urls "$@")
[ -n "$list" ] || fail "the Service kubernetes leads to no API server. Name their URLs."
while read -r url; do
  looks=0
  until runs_with_hash "$url" </dev/null; do
    looks=$((looks + 1))
    [ "$looks" -lt @LOOKS@ ] || fail "$url does not run with $hash. Look whether the file is there, and into the log of that API server."
    sleep 3
  done
  printf '%s\n' "$url runs with $hash"
done <<<"$list"
`;
