import { scriptHead } from '../shell';
import type { EtcdBackup } from './etcd-section';

/** Command that a snapshot is taken with. */
export const SNAPSHOT_COMMAND = '/usr/local/sbin/etcd-snapshot';

/**
 * Takes a snapshot and encrypts it. The plain one is only ever on tmpfs, and is as large as the store. A snapshot holds what the
 * API server encrypted in its encrypted form: without the encryption configuration, which is kept elsewhere, it cannot be read.
 */
export function etcdSnapshotScript({ folder, retentionDays }: EtcdBackup, pki: string, recipientsFile: string): string {
  return `${scriptHead('Takes a snapshot of etcd and encrypts it to the keys in the recipients file. Run by etcd-snapshot.timer, as root.')}needs age etcdctl etcdutl findmnt
folder=${folder}
recipients=${recipientsFile}
pki=${pki}/etcd

[ "$(findmnt --noheadings --output FSTYPE --target /run)" = tmpfs ] || die '/run is not on tmpfs: the plain snapshot would reach a disk'
install -d -m 0700 -- "$folder"
work=$(mktemp -d /run/etcd-snapshot.XXXXXX)
trap 'rm -rf -- "$work"' EXIT
stamp=$(date -u +%Y%m%dT%H%M%SZ)

etcdctl --endpoints=https://127.0.0.1:2379 --cacert="$pki/ca.crt" --cert="$pki/healthcheck-client.crt" \\
  --key="$pki/healthcheck-client.key" snapshot save "$work/plain.db" >/dev/null
etcdutl snapshot status "$work/plain.db" --write-out=json >"$work/status.json" # reads the whole of it, so that a broken one is not kept

# To a name that nothing reads, then renamed: a backup is whole, or not there.
age --encrypt --recipients-file "$recipients" --output "$folder/.partial.age" "$work/plain.db"
install -m 0600 "$work/status.json" "$folder/$stamp.status.json"
sync "$folder/.partial.age"
mv -- "$folder/.partial.age" "$folder/$stamp.db.age"
find "$folder" -maxdepth 1 -type f \\( -name '*.db.age' -o -name '*.status.json' \\) -mtime +${retentionDays} -delete
echo "$folder/$stamp.db.age"
`;
}
