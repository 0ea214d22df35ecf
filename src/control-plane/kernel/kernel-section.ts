import { HOST_SYSCTLS, KUBELET_SYSCTLS, NETWORK_SYSCTLS } from './sysctls';
import type { Sysctl } from './sysctls';

/** The kernel of every node. */
export interface KernelSection {
  /** Keys of the host hardening that are left as the host has them. */
  readonly without: readonly string[];
  /** More settings, or other values, by key. */
  readonly sysctls: Readonly<Record<string, string>>;
}

/**
 * The settings in the order of the file. `ipv6Pods` says whether pods have IPv6 addresses.
 *
 * @throws if one of those is left out or changed that the kubelet compares, or that pods need
 */
export function sysctlsOf({ without, sysctls }: KernelSection, ipv6Pods: boolean): readonly Sysctl[] {
  const needed = [...KUBELET_SYSCTLS, ...NETWORK_SYSCTLS.filter((row) => ipv6Pods || row.ipv6Pods !== true)];
  const known = HOST_SYSCTLS.map(({ key }) => key);
  const touched = needed.find(({ key, value }) => without.includes(key) || (sysctls[key] ?? value) !== value);
  if (touched) {
    throw new Error(
      `KernelSettings: ${touched.key} must be ${touched.value}: ${touched.why} (control ${touched.control}). Leave it as it is.`,
    );
  }
  const unknown = without.find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(
      `KernelSettings: 'without' names ${unknown}, which is not among the settings of the host (control UPG-04). Known: ${known.join(', ')}.`,
    );
  }
  const own = Object.entries(sysctls).filter(([key]) => !needed.some((row) => row.key === key) && !known.includes(key));
  return [
    ...needed,
    ...HOST_SYSCTLS.filter(({ key }) => !without.includes(key)).map((row) => ({ ...row, value: sysctls[row.key] ?? row.value })),
    ...own.sort().map(([key, value]): Sysctl => ({ key, value, control: 'UPG-04', why: 'asked for in the blueprint' })),
  ];
}
