#!/usr/bin/env bash
# Builds the graders that were not written here into tools/bin, from pinned versions. Safe to run twice, and at the same time.
# With --all also Kyverno, which takes as long as all others.
#
#   npm run tools -- --kubernetes [1.36...]   instead of the graders, what a cluster is made of (test/e2e)
#   npm run tools -- --pulumi                 instead of the graders, the command line of Pulumi (test/e2e/pulumi)
set -euo pipefail
cd "$(dirname "$0")/../tools"

if [ "${1:-}" = --kubernetes ]; then
  shift
  [ $# -gt 0 ] || set -- 1.36
  for minor in "$@"; do
    echo "tools: Kubernetes $minor, about 6 to 10 minutes the first time on two cores, 12 seconds when only the linker has to run" >&2
    bash ../scripts/kubernetes-tools.sh "$minor" kube-apiserver kubectl kubeadm kube-controller-manager kube-scheduler etcd etcdctl kms
  done
  exit
fi

if [ "${1:-}" = --pulumi ]; then
  command -v go >/dev/null || { echo "npm run tools: Go 1.26 or newer is needed to build Pulumi, and there is no 'go' on the PATH." >&2; exit 1; }
  echo "tools: command line of Pulumi, about 4 minutes the first time on two cores" >&2
  cd pulumi
  version=$(awk '$1 == "github.com/pulumi/pulumi/pkg/v3" { print $2; exit }' <(grep -v "^tool" go.mod | sed "s/^require //"))
  CGO_ENABLED=0 go build -mod=readonly -trimpath -tags osusergo,grpcnotrace \
    -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version" -o ../bin/ tool
  exit
fi

command -v go >/dev/null || { echo "npm run tools: Go 1.26 or newer is needed to build the graders, and there is no 'go' on the PATH." >&2; exit 1; }
command -v python3 >/dev/null || { echo "npm run tools: Python 3 is needed for Checkov, and there is no 'python3' on the PATH." >&2; exit 1; }

KUBERNETES=v1.36.3
CHECKOV=3.3.30

mkdir -p bin
exec 9>bin/.lock
flock 9

step() { echo "tools: $1" >&2; }

step "Pod Security evaluator"
(cd podsecurity && go build -trimpath -o ../bin/ .)
step "audit policies and requests"
(cd audit && go build -trimpath -o ../bin/ .)
step "admission plugin of the API server"
(cd admission && go build -trimpath -ldflags "-s -w" -o ../bin/ .)
step "YAML reader of kubectl"
(cd kubectl-yaml && go build -trimpath -o ../bin/ .)
bash ../scripts/kubernetes-tools.sh 1.36 load
step "kube-score, kubeconform"
(cd graders && go build -trimpath -o ../bin/ tool)
step "reader of Kubescape's exceptions"
(cd kubescape && go build -trimpath -o ../bin/kubescape-exceptions .)
step "Trivy"
(cd trivy && GOEXPERIMENT=jsonv2 go build -trimpath -ldflags='-s -w' -o ../bin/ tool) # the experiment is how Trivy is built
if [ "${1:-}" = --all ]; then
  step "Kyverno"
  (cd kyverno && go build -trimpath -ldflags='-s -w' -o ../bin/kyverno github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno)
fi
if [ ! -d bin/schemas ]; then
  step "schemas of Kubernetes $KUBERNETES"
  folder=$(cd "$(mktemp -d)" && go mod download -json "k8s.io/kubernetes@$KUBERNETES" | python3 -c 'import json, sys; print(json.load(sys.stdin)["Dir"])')
  (cd .. && node --import tsx scripts/kubernetes-schemas.ts "$folder/api/openapi-spec/swagger.json" tools/bin/schemas.new)
  mv bin/schemas.new bin/schemas
fi
if [ ! -x bin/checkov/bin/checkov ]; then
  step "Checkov $CHECKOV"
  rm -rf bin/checkov
  python3 -m venv bin/checkov
  bin/checkov/bin/pip install --quiet --disable-pip-version-check "checkov==$CHECKOV"
fi
if [ ! -d monokle/node_modules ]; then
  step "Monokle"
  (cd monokle && npm ci --silent)
fi
step "done"
