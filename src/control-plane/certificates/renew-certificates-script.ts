import { scriptHead } from '../shell';
import type { CertificatesSection } from './certificates-section';

/** Command that the certificates of a control-plane node are renewed with. */
export const RENEW_COMMAND = '/usr/local/sbin/renew-kubernetes-certificates';

const DAY = 24 * 3600;

/**
 * Renews with kubeadm what ends soon, and restarts what must read it anew. kubeadm advises to restart all static pods; etcd is left
 * running, since it reads its certificates at every handshake (etcd client/pkg/transport/listener.go), and a member that restarts
 * for nothing is a risk to the quorum. A run that stops half-way is taken up by the next one: the note in `pending` outlives it.
 */
export function renewCertificatesScript({ renewBeforeDays }: CertificatesSection, pki: string): string {
  return `${scriptHead(`Renews the certificates of this control-plane node when one ends within ${renewBeforeDays} days. With --check it only tells, with status 1.`)}needs openssl
pki=${pki}
pending=/var/lib/kubelet/.certificates-renewed
check=0
if [ "\${1:-}" = --check ]; then check=1; fi

${HEALTHY}
# Certificate authorities are not renewed here: their end concerns every node.
ending=()
for certificate in "$pki"/*.crt "$pki"/etcd/*.crt; do
  case $certificate in */ca.crt | */front-proxy-ca.crt) continue ;; esac
  [ -e "$certificate" ] || continue
  openssl x509 -checkend ${renewBeforeDays * DAY} -noout -in "$certificate" >/dev/null || ending+=("$certificate")
done
# The kubelet's own is not among them: it renews that itself.
for kubeconfig in admin super-admin controller-manager scheduler; do
  file=/etc/kubernetes/$kubeconfig.conf
  [ -e "$file" ] || continue
  sed -n 's/^ *client-certificate-data: *//p' "$file" | base64 -d | openssl x509 -checkend ${renewBeforeDays * DAY} -noout >/dev/null || ending+=("$file")
done
for authority in "$pki/ca.crt" "$pki/front-proxy-ca.crt" "$pki/etcd/ca.crt"; do
  [ -e "$authority" ] || continue
  openssl x509 -checkend ${365 * DAY} -noout -in "$authority" >/dev/null || echo "warning: $authority ends within a year; rotating it takes planning" >&2
done

if [ "$check" = 1 ]; then
  [ \${#ending[@]} -eq 0 ] || { printf 'ends within ${renewBeforeDays} days: %s\\n' "\${ending[@]}"; exit 1; }
  exit 0
fi
needs crictl curl kubeadm
if [ \${#ending[@]} -gt 0 ]; then
  : >"$pending"
  kubeadm certs renew all >/dev/null
fi
[ -e "$pending" ] || exit 0

# The kubelet starts again what was stopped, with the new files. One at a time, so that a fault stops the rest.
for part in kube-apiserver kube-controller-manager kube-scheduler; do
  container=$(crictl ps --quiet --name "^$part\\$")
  [ -z "$container" ] || crictl stop --timeout 60 "$container" >/dev/null
  for _ in $(seq 60); do
    now=$(crictl ps --quiet --state Running --name "^$part\\$")
    if [ -n "$now" ] && [ "$now" != "$container" ] && healthy "$part"; then continue 2; fi
    sleep 5
  done
  die "$part did not come back after its certificate was renewed; the others were left alone"
done
rm -f -- "$pending"
echo 'renewed, and restarted what reads it'
`;
}

/** Ports of the health checks, which answer on the node without a name. The certificate is not what is asked about here. */
const HEALTHY = `healthy() {
  local url port
  case $1 in
    kube-apiserver)
      port=$(sed -n 's/^ *- --secure-port=//p' /etc/kubernetes/manifests/kube-apiserver.yaml)
      url=https://127.0.0.1:\${port:-6443}/readyz
      ;;
    kube-controller-manager) url=https://127.0.0.1:10257/healthz ;;
    *) url=https://127.0.0.1:10259/healthz ;;
  esac
  [ "$(curl --silent --insecure --max-time 5 "$url")" = ok ]
}

`;
