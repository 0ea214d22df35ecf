import type { Distribution } from '../../settings';
import type { ClusterSpec } from '../cluster-spec';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import { sysctlsOf } from './kernel-section';
import { KERNEL_MODULES } from './sysctls';
import type { Sysctl } from './sysctls';

/** Late in the order of sysctl.d, so that it wins over what packages bring (RKE2: 60-rke2-cis.conf). */
export const SYSCTL_FILE = '/etc/sysctl.d/90-kubernetes-hardening.conf';
export const MODULES_FILE = '/etc/modules-load.d/kubernetes.conf';

/** kind shares the kernel of the machine that it runs on: nothing of it is changed from inside. */
const NEVER: readonly Distribution[] = ['kind'];

/** The files of the kernel's settings and modules. */
export function kernelHostParts({ kernel, cluster }: ControlPlaneSpec): HostParts {
  if (kernel === undefined || NEVER.includes(cluster.distribution)) {
    return {};
  }
  const files = [
    { path: SYSCTL_FILE, content: sysctlFile(sysctlsOf(kernel, hasIpv6Pods(cluster))) },
    { path: MODULES_FILE, content: `${KERNEL_MODULES.join('\n')}\n` },
  ];
  return { files: NODE_ROLES.flatMap((role) => files.map((file) => ({ role, mode: '0644', owner: 'root:root', ...file }))) };
}

/** The settings by key, for distributions that take them so (Talos' `machine.sysctls`); those that the kubelet compares it sets itself. */
export function kernelSysctls({ kernel, cluster }: ControlPlaneSpec): Readonly<Record<string, string>> {
  return Object.fromEntries((kernel === undefined ? [] : sysctlsOf(kernel, hasIpv6Pods(cluster))).map(({ key, value }) => [key, value]));
}

function hasIpv6Pods({ network }: ClusterSpec): boolean {
  return network.pods.some((range) => range.includes(':'));
}

/** A `-` before the key lets a kernel that has no such setting pass (sysctl.d(5)). */
function sysctlFile(sysctls: readonly Sysctl[]): string {
  const lines = sysctls.flatMap(({ key, value, why, optional = false }, index) => [
    ...(sysctls[index - 1]?.why === why ? [] : [`# ${why}`]),
    `${optional ? '-' : ''}${key} = ${value}`,
  ]);
  return `${lines.join('\n')}\n`;
}
