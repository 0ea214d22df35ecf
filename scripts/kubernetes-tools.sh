#!/usr/bin/env bash
# Builds programs of tools/kubernetes into tools/bin/kubernetes/<minor>, from the versions that the minor's go.mod pins:
#
#   kubernetes-tools.sh <minor> <program>...   load, fields, kube-apiserver, kubectl, kubelet, kubeadm, etcd …
#
# What is current is not built again. Safe to run twice, and at the same time.
set -euo pipefail
cd "$(dirname "$0")/../tools/kubernetes"

usage() { echo "usage: kubernetes-tools.sh 1.35|1.36|1.37 <program>..." >&2; exit 2; }
step() { echo "tools: $1" >&2; }

[ $# -ge 2 ] || usage
minor=$1
shift
modfile=$minor.mod
[ "$minor" != 1.36 ] || modfile=go.mod # which Go wants to be there
[ -f "$modfile" ] || usage
command -v go >/dev/null || { echo "tools: Go 1.26 or newer is needed to build the programs of Kubernetes, and there is no 'go' on the PATH." >&2; exit 1; }

bin=../bin/kubernetes/$minor
mkdir -p "$bin"
version=$(awk '$1 == "require" && $2 == "k8s.io/kubernetes" { print $3 }' "$modfile")

# What the program is built from: a package of this folder, or one of the `tool` lines.
package_of() {
  case $1 in
    load | fields) echo "./$1" ;;
    etcd) echo go.etcd.io/etcd/server/v3 ;;
    etcdctl) echo go.etcd.io/etcd/etcdctl/v3 ;;
    kube*) echo "k8s.io/kubernetes/cmd/$1" ;;
    *) usage ;;
  esac
}

# The programs take their version from the linker; without, they are of no version.
link_flags() {
  local flags="-s -w -X main.modfile=$modfile" number=${version#v} package
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=$version -X $package.gitMajor=${number%%.*} -X $package.gitMinor=${minor#*.}"
    flags+=" -X $package.gitTreeState=clean -X $package.gitCommit=module -X $package.buildDate=1970-01-01T00:00:00Z"
  done
  echo "$flags"
}

# All that decides what comes out of the build.
stamp_of() {
  local sources=()
  [ ! -d "$1" ] || sources=("$1"/*.go)
  { go version; link_flags; cat "$modfile" "${modfile%.mod}.sum" "${sources[@]}"; } | sha256sum
}

build() {
  local program=$1 package stamp
  package=$(package_of "$program")
  stamp=$(stamp_of "$program")
  exec 9>"$bin/.$program.lock"
  flock 9
  if [ -x "$bin/$program" ] && [ "$(cat "$bin/.$program.stamp" 2>/dev/null)" = "$stamp" ]; then
    step "$program of Kubernetes $version is current"
    return
  fi
  step "$program of Kubernetes $version (the first program of a minor takes minutes)"
  CGO_ENABLED=0 go build -mod=readonly -modfile="$modfile" -tags "minor_${minor/./_}" -trimpath -ldflags "$(link_flags)" \
    -o "$bin/.$program.new" "$package"
  mv "$bin/.$program.new" "$bin/$program"
  echo "$stamp" >"$bin/.$program.stamp"
}

for program in "$@"; do build "$program"; done
