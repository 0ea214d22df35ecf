import { isRecord, nearestName } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import type { NodeFileProblem } from './node-file-problem';
import { atMinor, laterMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';
import { GATES } from './tables/feature-gates.gen';

/** Whose gates they are. All of Kubernetes' programs but kubeadm know the same ones. */
export type GateOwner = keyof typeof GATES;

/** A gate whose feature hardens the cluster, so that switching it off weakens it. */
const KEEP_ON: Readonly<Record<string, string>> = {
  RotateKubeletServerCertificate: 'the kubelet would not rotate the certificate that it serves with (CIS 1.3.6, 4.2.11)',
  KubeletEnsureSecretPulledImages: 'a pod could use a private image that another tenant has pulled',
  AuthorizePodWebsocketUpgradeCreatePermission: 'who may only read pods could run commands in them',
};

/** Gates by name that stop the component, soon will, or weaken it. `field` is where they stand. */
export function featureGateProblems(
  gates: unknown,
  field: string,
  minor: KubernetesMinor,
  owner: GateOwner = 'kubernetes',
): NodeFileProblem[] {
  return isRecord(gates) ? Object.entries(gates).flatMap(([gate, on]) => gateProblems(gate, on, `${field}.${gate}`, minor, owner)) : [];
}

function gateProblems(gate: string, on: unknown, field: string, minor: KubernetesMinor, owner: GateOwner): NodeFileProblem[] {
  const table: Readonly<Record<string, ByMinor<string>>> = GATES[owner];
  const entry = Object.hasOwn(table, gate) ? table[gate] : undefined;
  const state = atMinor(entry, minor)?.split(' ');
  const problem = (message: string, remedy: string, control: 'UPG-01' | 'UPG-04' = 'UPG-01'): NodeFileProblem[] => [
    { field, message, control, remedy },
  ];
  if (state === undefined) {
    const meant = nearestName(
      gate,
      Object.keys(table).filter((name) => atMinor(table[name], minor) !== undefined),
    );
    const from = laterMinor(entry, minor);
    return problem(
      `is unknown to ${minor}: the component that is given it does not start`,
      from
        ? `remove it: it came with ${from}`
        : `remove it; what it switched is always on, or gone${meant && entry === undefined ? `. Or is ${meant} meant?` : ''}`,
    );
  }
  if (state.includes('general')) {
    return problem(
      'is a gate of a feature that is general: it changes nothing, and the minor that removes it does not start with it',
      'remove it',
    );
  }
  if (state.includes('locked') && on !== state.includes('on')) {
    return problem(`is locked in ${minor}: the component that is given another value does not start`, 'remove it');
  }
  const risk = Object.hasOwn(KEEP_ON, gate) && on === false ? KEEP_ON[gate] : undefined;
  return risk === undefined ? [] : problem(`is off: ${risk}`, 'remove it; it is on by itself', 'UPG-04');
}
