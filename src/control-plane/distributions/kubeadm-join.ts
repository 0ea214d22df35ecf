import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import { KUBEADM_LAYOUT } from '../host-layout';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import { scriptHead } from '../shell';

/** Commands: one makes a ticket on a control-plane node, the other takes it on the node that joins. */
export const TICKET_COMMAND = '/usr/local/sbin/kubeadm-ticket';
export const JOIN_COMMAND = '/usr/local/sbin/kubeadm-join';

/** Folder of a ticket while a node joins: in memory, and gone afterwards. */
const TICKET_FOLDER = '/run/kubeadm-join';

/** The kubeconfig with the token, which configurations of nodes that join name. */
export const DISCOVERY_FILE = `${TICKET_FOLDER}/discovery.conf`;

/** What all control-plane nodes share, below the folder of certificates; kubeadm makes the rest on each. */
const SHARED_PKI = ['ca', 'front-proxy-ca', 'etcd/ca'].flatMap((name) => [`${name}.crt`, `${name}.key`]).concat('sa.key', 'sa.pub');

/**
 * The two commands that join a node. The discovery file has a token in it, and is not anonymous: kubeadm reads the ConfigMap
 * cluster-info through it, goes on when that is forbidden to the token, and gives up when it is unauthorized, as it is to an
 * anonymous request where those reach health paths only (kubeadm app/discovery/file).
 */
export function kubeadmJoinFiles({ cluster }: ControlPlaneSpec, parts: Required<HostParts>): NodeFile[] {
  const file = (role: string, path: string, content: string): NodeFile => ({ role, path, mode: '0700', owner: 'root:root', content });
  return [
    file('control-plane', TICKET_COMMAND, ticketScript(cluster.endpoint)),
    ...NODE_ROLES.map((role) => file(role, JOIN_COMMAND, joinScript(madeOnNodes(parts)))),
  ];
}

/** Files that flags of the API server name and that nobody writes: keys, which are made on a node. */
function madeOnNodes({ files, flags }: Required<HostParts>): string[] {
  const written = files.map(({ path }) => path);
  return (flags['kube-apiserver'] ?? [])
    .map(({ value }) => value)
    .filter((value) => value.startsWith(`${KUBEADM_LAYOUT.hardening}/`) && !written.includes(value));
}

function ticketScript(endpoint: string): string {
  return `${scriptHead('Makes a ticket with which one node joins, on standard output: kubeadm-ticket worker|control-plane. It has keys in it.')}needs base64 kubeadm tar
pki=${KUBEADM_LAYOUT.pki}
[ ! -t 1 ] || die 'a ticket has keys in it. Send it to the node: ssh root@THIS kubeadm-ticket worker | ssh root@NODE kubeadm-join worker'
case \${1:-} in
  worker) shared=() ;;
  control-plane) shared=(${SHARED_PKI.join(' ')}) ;;
  *) die 'usage: kubeadm-ticket worker|control-plane' ;;
esac
[ "$(stat --file-system --format %T /run)" = tmpfs ] || die '/run is not on tmpfs: keys would reach a disk'
work=$(mktemp -d /run/kubeadm-ticket.XXXXXX)
trap 'rm -rf -- "$work"' EXIT

# The token ends after a quarter of an hour, and is good for nothing but to join a node.
kubeadm token create --ttl 15m --usages authentication --description 'ticket for a node' >"$work/token"
{
  cat <<'HEAD'
apiVersion: v1
kind: Config
current-context: join
contexts:
  - name: join
    context: { cluster: join, user: join }
clusters:
  - name: join
    cluster:
      server: https://${endpoint}
HEAD
  printf '      certificate-authority-data: %s\\n' "$(base64 -w 0 "$pki/ca.crt")"
  printf 'users:\\n  - name: join\\n    user:\\n      token: '
  cat "$work/token"
} >"$work/discovery.conf"
rm -f -- "$work/token"
for name in "\${shared[@]}"; do install -D -m 0600 -- "$pki/$name" "$work/pki/$name"; done
tar --create --directory "$work" --owner 0 --group 0 -- discovery.conf "\${shared[@]/#/pki/}"
`;
}

function joinScript(needed: readonly string[]): string {
  return `${scriptHead('Joins this node to the cluster with a ticket on standard input: kubeadm-join worker, or kubeadm-join control-plane-2.')}needs cmp kubeadm tar
pki=${KUBEADM_LAYOUT.pki}
work=${TICKET_FOLDER}
node=\${1:-}
case $node in
  worker) shared=() ;;
  control-plane-[1-9]*) shared=(${SHARED_PKI.join(' ')}) ;;
  *) die 'usage: kubeadm-join worker|control-plane-NUMBER' ;;
esac
config=/etc/kubernetes/kubeadm/$node.yaml
[ -f "$config" ] || die "there is no $config: install the files of this node's role first"
[ ! -t 0 ] || die 'it takes a ticket: ssh root@CONTROL-PLANE kubeadm-ticket worker | ssh root@THIS kubeadm-join worker'
[ ! -e /etc/kubernetes/kubelet.conf ] || die 'this node is in a cluster: kubeadm reset takes it out'
${needed.map((path) => `[ "$node" = worker ] || [ -f ${path} ] || die '${path} is missing. All control-plane nodes have the same: copy it first'\n`).join('')}[ "$(stat --file-system --format %T /run)" = tmpfs ] || die '/run is not on tmpfs: keys would reach a disk'
trap 'rm -rf -- "$work"' EXIT
rm -rf -- "$work"
mkdir -m 0700 -- "$work"

# By name: whatever else is in it stays there.
tar --extract --directory "$work" --no-same-owner --no-same-permissions -- discovery.conf "\${shared[@]/#/pki/}" ||
  die "this is no ticket for $node: make one with kubeadm-ticket \${node%-*}"
for name in "\${shared[@]}"; do
  [ ! -e "$pki/$name" ] || cmp -s -- "$work/pki/$name" "$pki/$name" || die "$pki/$name is of another cluster: remove it"
  install -D -m 0600 -o root -g root -- "$work/pki/$name" "$pki/$name"
done
kubeadm join --config "$config"
`;
}
