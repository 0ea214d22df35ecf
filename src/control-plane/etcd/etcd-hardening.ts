import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { recipientProblem } from './age-recipient';
import { DEFAULT_BACKUP, DEFAULT_QUOTA_BYTES } from './etcd-section';
import type { EtcdBackup, SnapshotHours } from './etcd-section';

/** Snapshots of etcd, encrypted to public keys. */
export interface EtcdBackupProps {
  /** Public keys that snapshots are encrypted to: `age1…`, or an SSH key without its comment. At least one. */
  readonly recipients: readonly string[];
  /**
   * Hours between snapshots; a divisor of 24.
   *
   * @default 6
   */
  readonly everyHours?: SnapshotHours;
  /**
   * Days that snapshots are kept on the node.
   *
   * @default 14
   */
  readonly retentionDays?: number;
  /**
   * Folder on the control-plane nodes. Carry it off the node: a backup beside what it backs up is lost with it.
   *
   * @default '/var/backups/etcd'
   */
  readonly folder?: string;
}

/** Props of `EtcdHardening`. */
export interface EtcdHardeningProps {
  /**
   * Bytes that the store may grow to before it takes no more writes; etcd advises at most 8 GiB.
   *
   * @default 8589934592
   */
  readonly quotaBackendBytes?: number;
  /**
   * Encrypted snapshots.
   *
   * @default - none are taken
   */
  readonly backup?: EtcdBackupProps;
}

/** etcd: clients and peers with certificates only, none that it made itself, a bounded store, encrypted snapshots. */
export class EtcdHardening extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-17': [
      { kind: 'etcd', field: 'client-cert-auth', value: 'true' },
      { kind: 'etcd', field: 'peer-client-cert-auth', value: 'true' },
      { kind: 'etcd', field: 'auto-tls', value: 'false' },
      { kind: 'etcd', field: 'peer-auto-tls', value: 'false' },
    ],
  };

  private readonly props: EtcdHardeningProps;

  /** @throws if a recipient is no public key, there is none, or the folder is no absolute path */
  public constructor(scope: Construct, id: string, props: EtcdHardeningProps = {}) {
    super(scope, id);
    this.props = props;
    this.refuseImpossible();
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { quotaBackendBytes, backup } = this.props;
    return { etcd: { quotaBackendBytes: quotaBackendBytes ?? DEFAULT_QUOTA_BYTES, backup: backup && withDefaults(backup) } };
  }

  private refuseImpossible(): void {
    const { backup } = this.props;
    if (backup === undefined) {
      return;
    }
    const refuse = (field: string, message: string): never => {
      throw new Error(`[${this.node.path}] backup.${field} ${message} (control NET-22).`);
    };
    if (backup.recipients.length === 0) {
      refuse('recipients', 'is empty: nobody could read the backups. Give at least one public key');
    }
    backup.recipients.forEach((recipient, index) => {
      const problem = recipientProblem(recipient);
      if (problem !== undefined) {
        refuse(`recipients.${index}`, problem);
      }
    });
    if (!/^(\/[\w.-]+)+$/.test(withDefaults(backup).folder)) {
      refuse(
        'folder',
        `is '${backup.folder}', which is no absolute path of letters, digits, '.', '_' and '-'. Give one like /var/backups/etcd`,
      );
    }
  }
}

function withDefaults({ recipients, everyHours, retentionDays, folder }: EtcdBackupProps): EtcdBackup {
  return {
    recipients,
    everyHours: everyHours ?? DEFAULT_BACKUP.everyHours,
    retentionDays: retentionDays ?? DEFAULT_BACKUP.retentionDays,
    folder: folder ?? DEFAULT_BACKUP.folder,
  };
}
