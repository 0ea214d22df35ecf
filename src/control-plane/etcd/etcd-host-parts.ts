import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { oneshotService, timer } from '../systemd';
import { etcdFlags } from './etcd-flags';
import { etcdRestoreScript, RESTORE_COMMAND } from './etcd-restore-script';
import type { EtcdBackup } from './etcd-section';
import { etcdSnapshotScript, SNAPSHOT_COMMAND } from './etcd-snapshot-script';

/** Where kubeadm keeps the data of etcd. */
export const ETCD_DATA = '/var/lib/etcd';
const UNIT = '/etc/systemd/system/etcd-snapshot';

/** etcd's flags; and with kubeadm, which takes no backups itself, the programs and units that do. */
export function etcdHostParts({ etcd, cluster }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (etcd === undefined) {
    return {};
  }
  const files = etcd.backup !== undefined && cluster.distribution === 'kubeadm' ? backupFiles(etcd.backup, layout) : [];
  return { flags: { etcd: etcdFlags(etcd) }, files };
}

function backupFiles(backup: EtcdBackup, { hardening, pki }: HostLayout): NodeFile[] {
  const recipients = `${hardening}/backup/recipients.txt`;
  const every = backup.everyHours === 24 ? '*-*-* 00:00:00' : `*-*-* 00/${backup.everyHours}:00:00`;
  const file = (path: string, mode: string, content: string): NodeFile => ({
    role: 'control-plane',
    path,
    mode,
    owner: 'root:root',
    content,
  });
  return [
    file(recipients, '0600', `${backup.recipients.join('\n')}\n`),
    file(SNAPSHOT_COMMAND, '0700', etcdSnapshotScript(backup, pki, recipients)),
    file(RESTORE_COMMAND, '0700', etcdRestoreScript(ETCD_DATA)),
    file(
      `${UNIT}.service`,
      '0644',
      // The folder is made before the unit is confined to it: systemd refuses a ReadWritePaths that is not there, without `-`.
      oneshotService(
        'Encrypted snapshot of etcd',
        SNAPSHOT_COMMAND,
        [`-${backup.folder}`, '/run'],
        [`ExecStartPre=+/usr/bin/install -d -m 0700 ${backup.folder}`, 'ReadOnlyPaths=/etc/kubernetes'],
      ),
    ),
    file(`${UNIT}.timer`, '0644', timer('Encrypted snapshots of etcd', every, '10m')),
  ];
}
