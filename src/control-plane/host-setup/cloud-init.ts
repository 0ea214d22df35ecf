import type { NodeFile } from '../../manifest';
import { configYaml } from '../config-yaml';
import { INSTALL_SCRIPT } from './install-script';

/** Where cloud-init lays the files before they are installed: on the disk, since `/run` may be small. */
export const STAGING_FOLDER = '/var/lib/cdk8s-hardened';

/**
 * User data for cloud-init that sets up a host at its first boot: it lays the files of a role and their install script into a
 * folder, and runs the script. Users, folders, modes and owners are the script's matter, so that both ways come to the same.
 *
 * Whoever may read the user data of a machine may read these files. There is no secret among them.
 */
export function cloudInit(files: readonly NodeFile[]): string {
  const writeFiles = files.map(({ path, content }) => ({
    path: `${STAGING_FOLDER}${path}`,
    permissions: path === INSTALL_SCRIPT ? '0700' : '0600',
    owner: 'root:root',
    content,
  }));
  const document = { write_files: writeFiles, runcmd: [['bash', `${STAGING_FOLDER}${INSTALL_SCRIPT}`]] };
  return `#cloud-config\n${configYaml(document)}`;
}
