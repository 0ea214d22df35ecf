#!/usr/bin/env bash
# Builds programs of tools/kubernetes into tools/bin/kubernetes/<minor>, from the versions that the minor's go.mod pins:
#
#   kubernetes-tools.sh <minor> <program>...   load, fields, kube-apiserver, kubectl, kubelet, kubeadm, etcd …
#
# What is current is not built again, and what is at hand is not built at all: a program of the same minor in the folder
# KUBEBUILDER_ASSETS, or on the PATH, is linked to. Safe to run twice, and at the same time.
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

bin=../bin/kubernetes/$minor
mkdir -p "$bin"
version=$(awk '$1 == "require" && $2 == "k8s.io/kubernetes" { print $3 }' "$modfile")
etcd_version=$(awk '$1 == "go.etcd.io/etcd/server/v3" && NF > 1 { print $2; exit }' "$modfile")
GO=1.26

# What the program is built from: a package of this folder, or one of the `tool` lines.
package_of() {
  case $1 in
    load | fields | kms) echo "./$1" ;;
    etcd) echo go.etcd.io/etcd/server/v3 ;;
    etcdctl) echo go.etcd.io/etcd/etcdctl/v3 ;;
    kube*) echo "k8s.io/kubernetes/cmd/$1" ;;
    *) usage ;;
  esac
}

# How each program tells its version, and what the version of this minor begins with.
tells_version() {
  local program=$1 path=$2 text wanted=v${version#v}
  case $program in
    etcd) text=$("$path" --version 2>/dev/null) wanted=$etcd_version ;;
    etcdctl) text=$("$path" version 2>/dev/null) wanted=$etcd_version ;;
    kubeadm) text=$("$path" version -o short 2>/dev/null) ;;
    kubectl) text=$("$path" version --client 2>/dev/null) ;;
    kube*) text=$("$path" --version 2>/dev/null) ;;
    *) return 1 ;;
  esac
  wanted=${wanted#v}
  [[ " $text" =~ [\ v]"${wanted%.*}."[0-9] ]]
}

# Where a program of this minor is already; nothing for those of this project.
at_hand() {
  local candidate
  for candidate in ${KUBEBUILDER_ASSETS:+"$KUBEBUILDER_ASSETS/$1"} "$(command -v "$1" || true)"; do
    if [ -x "$candidate" ] && tells_version "$1" "$candidate"; then
      realpath "$candidate"
      return
    fi
  done
  return 1
}

needs_go() {
  command -v go >/dev/null || { echo "tools: Go $GO or newer is needed to build $1 of Kubernetes $minor, and there is no 'go' on the PATH. Or set KUBEBUILDER_ASSETS to a folder that has it." >&2; exit 1; }
  local found
  found=$(go env GOVERSION)
  printf '%s\n' "$GO" "${found#go}" | sort --version-sort --check=quiet ||
    { echo "tools: Go $GO or newer is needed to build $1 of Kubernetes $minor, and $(command -v go) is ${found#go}." >&2; exit 1; }
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
  local program=$1 package stamp found
  package=$(package_of "$program")
  exec 9>"$bin/.$program.lock"
  flock 9
  if found=$(at_hand "$program"); then
    step "$program of Kubernetes $minor is at hand: $found"
    ln -sfn "$found" "$bin/$program"
    rm -f "$bin/.$program.stamp"
    return
  fi
  needs_go "$program"
  stamp=$(stamp_of "$program")
  if [ -x "$bin/$program" ] && [ "$(cat "$bin/.$program.stamp" 2>/dev/null)" = "$stamp" ]; then
    step "$program of Kubernetes $version is current"
    return
  fi
  step "$program of Kubernetes $version (the first program of a minor takes minutes)"
  CGO_ENABLED=0 go build -mod=readonly -modfile="$modfile" -tags "minor_${minor/./_}" -trimpath -ldflags "$(link_flags)" \
    -o "$bin/.$program.new" "$package"
  mv -fT "$bin/.$program.new" "$bin/$program"
  echo "$stamp" >"$bin/.$program.stamp"
}

for program in "$@"; do build "$program"; done
