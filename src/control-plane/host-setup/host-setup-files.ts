import type { NodeFile } from '../../manifest';
import { NODE_ROLES } from '../host-role';
import { cloudInit } from './cloud-init';
import { INSTALL_SCRIPT, installScript } from './install-script';

/** File with the user data, beside the install script. */
export const CLOUD_INIT_FILE = '/cloud-init.yaml';

/**
 * For each role of nodes that has files: `install.sh` and `cloud-init.yaml`, at the root of its folder under `dist/nodes`. They are
 * for whoever sets up the host, and are not installed on it themselves.
 */
export function hostSetupFiles(files: readonly NodeFile[]): NodeFile[] {
  return NODE_ROLES.flatMap((role) => {
    const own = files.filter((file) => file.role === role);
    if (own.length === 0) {
      return [];
    }
    const script: NodeFile = { role, path: INSTALL_SCRIPT, mode: '0755', owner: 'root:root', content: installScript(own) };
    return [script, { role, path: CLOUD_INIT_FILE, mode: '0644', owner: 'root:root', content: cloudInit([...own, script]) }];
  });
}
