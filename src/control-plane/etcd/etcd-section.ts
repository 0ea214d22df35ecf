/** How often snapshots are taken: hours that divide a day, so that the clock and a crontab say the same. */
export const SNAPSHOT_HOURS = [1, 2, 3, 4, 6, 8, 12, 24] as const;
export type SnapshotHours = (typeof SNAPSHOT_HOURS)[number];

/** Snapshots of etcd, encrypted to public keys. */
export interface EtcdBackup {
  /** Public keys that snapshots are encrypted to: `age1…` or a public SSH key. The nodes cannot read what they write. */
  readonly recipients: readonly string[];
  readonly everyHours: SnapshotHours;
  readonly retentionDays: number;
  /** Folder on the control-plane nodes. */
  readonly folder: string;
}

/** etcd of the control plane. */
export interface EtcdSection {
  /** Bytes that the store may grow to. */
  readonly quotaBackendBytes: number;
  /** Undefined where backups are somebody else's matter. */
  readonly backup?: EtcdBackup;
}

/** The largest quota that etcd's documentation advises: 8 GiB. */
export const DEFAULT_QUOTA_BYTES = 8 * 1024 ** 3;
export const DEFAULT_BACKUP = { everyHours: 6, retentionDays: 14, folder: '/var/backups/etcd' } as const satisfies Partial<EtcdBackup>;

/** The schedule of a backup for distributions that take snapshots themselves (k3s, RKE2: `etcd-snapshot-schedule-cron`, `-retention`). */
export function snapshotSchedule({ everyHours, retentionDays }: EtcdBackup): { readonly cron: string; readonly retention: number } {
  return { cron: everyHours === 24 ? '0 0 * * *' : `0 */${everyHours} * * *`, retention: (24 / everyHours) * retentionDays };
}
