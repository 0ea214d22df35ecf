import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import type { HostRole } from '../host-role';
import { fileModesTable } from './file-modes-table';
import type { FileMode } from './file-modes-table';

export const TMPFILES_FILE = '/etc/tmpfiles.d/kubernetes-hardening.conf';
export const SYSUSERS_FILE = '/etc/sysusers.d/kubernetes-hardening.conf';
const KUBELET_DROP_IN = '/etc/systemd/system/kubelet.service.d/20-file-modes.conf';

/** How modes and owners of files are kept on the hosts. */
export interface FileModesSection {
  /** Mode of the cluster's certificates. */
  readonly certificates: '0600' | '0644';
}

/**
 * Modes and owners as a tmpfiles.d file, which systemd applies at every boot. With kubeadm also before every start of the
 * kubelet, since `kubeadm init`, `join` and `upgrade` write its configuration with 0644 and then start it.
 */
export function fileModesHostParts({ fileModes, cluster }: ControlPlaneSpec): HostParts {
  if (fileModes === undefined) {
    return {};
  }
  const rows = fileModesTable(fileModes.certificates).filter(({ distributions }) => distributions.includes(cluster.distribution));
  return {
    files: NODE_ROLES.flatMap((role) =>
      filesOf(
        role,
        rows.filter(({ roles }) => roles.includes(role)),
        cluster.distribution === 'kubeadm',
      ),
    ),
  };
}

function filesOf(role: HostRole, rows: readonly FileMode[], kubeadm: boolean): NodeFile[] {
  const file = (path: string, content: string, mode = '0644'): NodeFile => ({ role, path, mode, owner: 'root:root', content });
  const users = [...new Set(rows.map(({ owner }) => owner.split(':')[0] as string))].filter((user) => user !== 'root');
  return [
    ...(users.length > 0 ? [file(SYSUSERS_FILE, users.map((user) => `u ${user} - "Owner of the ${user} data" - -\n`).join(''))] : []),
    ...(rows.length > 0 ? [file(TMPFILES_FILE, rows.map(line).join(''))] : []),
    ...(kubeadm ? [file(KUBELET_DROP_IN, `[Service]\nExecStartPre=-/usr/bin/systemd-tmpfiles --create ${TMPFILES_FILE}\n`, '0600')] : []),
  ];
}

function line({ type, path, mode, owner }: FileMode): string {
  const [user, group] = owner.split(':');
  return `${type} ${path} ${mode} ${user} ${group} -\n`;
}
