import type { NodeFile } from '../manifest';

/** Programs of the control plane that are set by flags. */
export const FLAGGED_PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const;
export type FlaggedProgram = (typeof FLAGGED_PROGRAMS)[number];

/** `--name=value`. A name may come twice where the program takes a list that way. */
export interface Flag {
  /** Without dashes: `audit-log-path`. */
  readonly name: string;
  readonly value: string;
}

/** A folder of the host that the API server sees at the same path. Always a folder: a file mounted alone keeps its old inode, so that replacing it goes unseen. */
export interface HostMount {
  /** DNS label, the name of the volume. */
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** What is made when it is missing. @default 'Directory': it must be there */
  readonly type?: 'Directory' | 'DirectoryOrCreate';
}

/** What one concern asks of hosts whose control plane is started with files and flags. */
export interface HostParts {
  /** @default - none */
  readonly files?: readonly NodeFile[];
  /** @default - none */
  readonly flags?: Readonly<Partial<Record<FlaggedProgram, readonly Flag[]>>>;
  /** Folders that the API server must see. @default - none */
  readonly mounts?: readonly HostMount[];
  /** Admission plugins to switch on beside those of the API server. @default - none */
  readonly admissionPlugins?: readonly string[];
}
