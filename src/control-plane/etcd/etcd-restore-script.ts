import { scriptHead } from '../shell';

/** Command that a snapshot is restored with. */
export const RESTORE_COMMAND = '/usr/local/sbin/etcd-restore';

/**
 * Restores an encrypted snapshot on one control-plane node that kubeadm made. Each member of a larger cluster restores the same
 * snapshot with the same list of members. The old data is moved aside, not removed. It can be run again where it was stopped.
 *
 * The revision is raised and what lies before it marked compacted, or controllers would go on with watches from the future
 * (etcd 3.6 changelog; `etcdctl snapshot restore` is gone).
 */
export function etcdRestoreScript(dataDir: string): string {
  return `${scriptHead('Restores etcd of this node from an encrypted snapshot: etcd-restore SNAPSHOT.db.age IDENTITY_FILE [INITIAL_CLUSTER]')}needs age crictl etcdutl findmnt
[ $# -ge 2 ] || die 'usage: etcd-restore SNAPSHOT.db.age IDENTITY_FILE [NAME=https://PEER:2380,NAME=...]'
snapshot=$1
identity=$2
manifests=/etc/kubernetes/manifests
aside=/etc/kubernetes/manifests.restore
data=${dataDir}
parts='etcd kube-apiserver kube-controller-manager kube-scheduler'

[ -r "$snapshot" ] || die "there is no $snapshot"
[ -r "$identity" ] || die "there is no identity file $identity: it is kept away from the nodes, bring it on a removable disk"
[ "$(findmnt --noheadings --output FSTYPE --target /run)" = tmpfs ] || die '/run is not on tmpfs: the plain snapshot would reach a disk'
work=$(mktemp -d /run/etcd-restore.XXXXXX)
trap 'rm -rf -- "$work"' EXIT

# First what can fail without harm: is it the right key, and is the snapshot whole?
age --decrypt --identity "$identity" --output "$work/plain.db" "$snapshot"
etcdutl snapshot status "$work/plain.db" --write-out=json >/dev/null

# The kubelet stops what has no manifest any more.
install -d -m 0700 -- "$aside"
for part in $parts; do
  if [ -e "$manifests/$part.yaml" ]; then mv -- "$manifests/$part.yaml" "$aside/$part.yaml"; fi
  [ -e "$aside/$part.yaml" ] || die "$part.yaml is neither in $manifests nor in $aside: this is no control-plane node that kubeadm made"
done
for part in $parts; do
  for _ in $(seq 60); do
    running=$(crictl ps --quiet --name "^$part\\$")
    [ -n "$running" ] || continue 2
    sleep 2
  done
  die "$part still runs; its manifest is in $aside. Stop it, and run this again"
done

flag() { sed -n "s/^ *- --$1=//p" "$aside/etcd.yaml" | head -n 1; }
name=$(flag name)
peer=$(flag initial-advertise-peer-urls)
{ [ -n "$name" ] && [ -n "$peer" ]; } || die "$aside/etcd.yaml names no member"
cluster=\${3:-$name=$peer}
case ",$cluster," in *",$name=$peer,"*) ;; *) die "the list of members lacks this one: $name=$peer" ;; esac

mode=$(stat -c %a "$data" 2>/dev/null || echo 700)
owner=$(stat -c %u:%g "$data" 2>/dev/null || echo 0:0)
rm -rf -- "$data.restored"
etcdutl snapshot restore "$work/plain.db" --data-dir "$data.restored" --name "$name" --initial-cluster "$cluster" \\
  --initial-advertise-peer-urls "$peer" --bump-revision 1000000000 --mark-compacted >/dev/null
chown -R -- "$owner" "$data.restored"
chmod -- "$mode" "$data.restored"
if [ -e "$data" ]; then mv -- "$data" "$data.before-$(date -u +%Y%m%dT%H%M%SZ)"; fi
mv -- "$data.restored" "$data"

for part in $parts; do mv -- "$aside/$part.yaml" "$manifests/$part.yaml"; done
rmdir -- "$aside"
echo "restored; the old data is beside $data. Remove it when the cluster is well, and restart what runs on the nodes"
`;
}
