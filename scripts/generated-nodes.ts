import {
  CIS_DEVIATIONS,
  COMPONENT_FLAGS,
  DEFAULT_COMPONENTS,
  fileModesTable,
  HOST_LAYOUTS,
  HOST_SYSCTLS,
  KUBELET_SYSCTLS,
  NETWORK_SYSCTLS,
} from '../src';
import type { ControlPlaneSpec, FlagContext, HostLayout } from '../src';

/** kubeadm, and nothing asked for in the blueprint. */
const DEFAULTS: FlagContext = {
  section: DEFAULT_COMPONENTS,
  spec: { kubelet: { servingCertificates: 'bootstrap', settings: {} } } as ControlPlaneSpec,
  layout: HOST_LAYOUTS.kubeadm as HostLayout,
};

/** Hardening flags of API server, controller manager and scheduler. */
export function flagsTable(): string {
  const lines = COMPONENT_FLAGS.map(({ program, name, value, control, cis }) => {
    const text = value(DEFAULTS);
    return `| ${program} | \`--${name}\` | ${text === undefined ? 'left out unless asked for' : `\`${text}\``} | ${control} | ${cis ?? ''} |`;
  });
  return ['| program | flag | value | control | CIS 1.12 |', '|---|---|---|---|---|', ...lines].join('\n');
}

/** Modes and owners of what lies on hosts. */
export function modesTable(): string {
  const lines = fileModesTable('0600').map(
    ({ path, mode, owner, cis, roles, distributions }) =>
      `| \`${path}\` | ${mode === '-' ? 'as it is' : mode} | ${owner} | ${roles.length > 1 ? 'all nodes' : roles.join()} | ${distributions.join(', ')} | ${numbers(cis)} |`,
  );
  return ['| path | mode | owner | on | with | CIS |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** Settings of the kernel. */
export function sysctlsTable(): string {
  const lines = [...KUBELET_SYSCTLS, ...NETWORK_SYSCTLS, ...HOST_SYSCTLS].map(
    ({ key, value, why, optional, ipv6Pods }) =>
      `| \`${key}\` | ${value} | ${why}${optional ? '; not on every kernel' : ''}${ipv6Pods ? '; only with IPv6 pods' : ''} |`,
  );
  return ['| setting | value | why |', '|---|---|---|', ...lines].join('\n');
}

/** `1.1.1–1.1.8` for a run of numbers. */
function numbers(cis: readonly string[]): string {
  return cis.length > 2 && cis[0]?.slice(0, 4) === cis.at(-1)?.slice(0, 4) ? `${cis[0]}–${cis.at(-1)}` : cis.join(', ');
}

/** Checks of CIS that are not passed on purpose. */
export function deviationsTable(): string {
  const rows = CIS_DEVIATIONS.map(({ checks, control, reason }) => `| ${checks.join(', ')} | ${control} | ${reason} |`);
  return ['| check | control | reason |', '|---|---|---|', ...rows].join('\n');
}
