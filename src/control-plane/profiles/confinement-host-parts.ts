import * as path from 'node:path';
import type { NodeFile } from '../../manifest';
import { SECCOMP_LOCALHOST_PROFILES } from '../../settings';
import type { SeccompLocalhostProfile } from '../../settings';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import { APP_ARMOR_PROFILE, APP_ARMOR_PROFILE_FILE, APP_ARMOR_UNIT } from './app-armor-profile';
import { SECCOMP_ARCHITECTURES, seccompProfile } from './seccomp-profiles';
import type { SeccompArchitectures } from './seccomp-profiles';

/** The kubelet's folder of Localhost profiles, the same on kubeadm, kind, k3s and RKE2. Talos takes the profiles as documents. */
export const SECCOMP_FOLDER = '/var/lib/kubelet/seccomp';

/** The profiles as files of every node. Those for IBM Z lie beside: there, they are copied over the others. */
export function confinementHostParts({ confinement }: ControlPlaneSpec): HostParts {
  return confinement === undefined
    ? {}
    : { files: NODE_ROLES.flatMap((role) => [...seccompFiles(role), ...(confinement.appArmor ? appArmorFiles(role) : [])]) };
}

function seccompFiles(role: string): NodeFile[] {
  const profiles = Object.keys(SECCOMP_LOCALHOST_PROFILES) as SeccompLocalhostProfile[];
  const architectures = Object.keys(SECCOMP_ARCHITECTURES) as SeccompArchitectures[];
  return architectures.flatMap((each) =>
    profiles.map((profile) => ({
      ...file(role, seccompPath(profile, each)),
      content: `${JSON.stringify(seccompProfile(profile, each), undefined, 2)}\n`,
    })),
  );
}

function seccompPath(profile: SeccompLocalhostProfile, architectures: SeccompArchitectures): string {
  const { dir, base } = path.posix.parse(SECCOMP_LOCALHOST_PROFILES[profile]);
  return path.posix.join(SECCOMP_FOLDER, dir, architectures === 'common' ? '' : architectures, base);
}

function appArmorFiles(role: string): NodeFile[] {
  return [
    { ...file(role, APP_ARMOR_PROFILE_FILE), content: APP_ARMOR_PROFILE },
    { ...file(role, '/etc/systemd/system/hardened-container-apparmor.service'), content: APP_ARMOR_UNIT },
  ];
}

function file(role: string, target: string): Omit<NodeFile, 'content'> {
  return { role, path: target, mode: '0644', owner: 'root:root' };
}
