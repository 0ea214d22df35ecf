import * as path from 'node:path';
import type { Distribution } from '../../settings';
import type { NodeFile } from '../../manifest';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { encryptionSkeleton } from './encryption-configuration';
import { KEY_SCRIPT_PATH, keyScript } from './key-script';
import { LOADED_SCRIPT_PATH, loadedScript } from './loaded-script';
import { REWRITE_SCRIPT_PATH, rewriteScript } from './rewrite-script';
import { VERIFY_SCRIPT_PATH, verifyScript } from './verify-script';

/**
 * Distributions that write an EncryptionConfiguration of their own and rotate its keys themselves; a second one collides.
 *
 * @see https://docs.k3s.io/security/secrets-encryption
 * @see https://docs.rke2.io/security/secrets_encryption
 */
export const DISTRIBUTIONS_WITH_OWN_ENCRYPTION: readonly Distribution[] = ['k3s', 'rke2', 'talos'];

/** Files, flags and mounts of encryption at rest. The configuration itself is made on the node, by the script. */
export function encryptionHostParts({ cluster, encryption }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (encryption === undefined || DISTRIBUTIONS_WITH_OWN_ENCRYPTION.includes(cluster.distribution)) {
    return {};
  }
  const folder = path.posix.join(layout.hardening, 'encryption');
  const onNodes = { role: 'control-plane', owner: 'root:root' };
  const forOperators = { role: 'operator', owner: 'root:root', mode: '0755' };
  const files: readonly NodeFile[] = [
    { ...onNodes, path: path.posix.join(folder, 'skeleton.yaml'), mode: '0600', content: configYaml(encryptionSkeleton(encryption)) },
    { ...onNodes, path: KEY_SCRIPT_PATH, mode: '0700', content: keyScript({ folder }) },
    { ...onNodes, path: VERIFY_SCRIPT_PATH, mode: '0700', content: verifyScript({ section: encryption, folder, pki: layout.pki }) },
    { ...forOperators, path: LOADED_SCRIPT_PATH, content: loadedScript() },
    { ...forOperators, path: REWRITE_SCRIPT_PATH, content: rewriteScript(encryption) },
  ];
  return {
    files,
    flags: {
      'kube-apiserver': [
        { name: 'encryption-provider-config', value: path.posix.join(folder, 'encryption.yaml') },
        { name: 'encryption-provider-config-automatic-reload', value: 'true' },
      ],
    },
    // The key service may start after the API server: the folder of its socket is made, so that the API server waits for it.
    ...(encryption.kms
      ? { mounts: [{ name: 'kms', path: path.posix.dirname(encryption.kms.socket), readOnly: true, type: 'DirectoryOrCreate' }] }
      : {}),
  };
}
