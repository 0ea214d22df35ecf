import { SUPPORTED_MINORS } from '../../settings';
import type { KubernetesMinor } from '../../settings';
import { GENERAL_GATES, REMOVED_GATES } from './feature-gates';
import type { NodeFileProblem } from './node-file-problem';
import { isRecord } from './unknown-data';

/** A gate whose feature hardens the cluster, so that switching it off weakens it. */
const KEEP_ON: Readonly<Record<string, string>> = {
  RotateKubeletServerCertificate: 'the kubelet would not rotate the certificate that it serves with (CIS 1.3.6, 4.2.11)',
  KubeletEnsureSecretPulledImages: 'a pod could use a private image that another tenant has pulled',
  AuthorizePodWebsocketUpgradeCreatePermission: 'who may only read pods could run commands in them',
};

/** Gates by name that stop the component, soon will, or weaken it. `field` is where they stand. */
export function featureGateProblems(gates: unknown, field: string, minor: KubernetesMinor): NodeFileProblem[] {
  if (!isRecord(gates)) {
    return [];
  }
  return Object.entries(gates).flatMap(([gate, on]): NodeFileProblem[] => {
    const at = `${field}.${gate}`;
    if (knows(REMOVED_GATES, gate, minor)) {
      const message = `is unknown to ${minor}: the component that is given it does not start`;
      return [{ field: at, message, control: 'UPG-01', remedy: 'remove it; what it switched is always on, or gone' }];
    }
    if (knows(GENERAL_GATES, gate, minor)) {
      const message = 'is a gate of a feature that is general: it changes nothing, and the minor that removes it does not start with it';
      return [{ field: at, message, control: 'UPG-01', remedy: 'remove it' }];
    }
    const risk = Object.hasOwn(KEEP_ON, gate) && on === false ? KEEP_ON[gate] : undefined;
    return risk === undefined
      ? []
      : [{ field: at, message: `is off: ${risk}`, control: 'UPG-04', remedy: 'remove it; it is on by itself' }];
  });
}

function knows(table: Readonly<Record<string, KubernetesMinor>>, gate: string, minor: KubernetesMinor): boolean {
  const from = Object.hasOwn(table, gate) ? table[gate] : undefined;
  return from !== undefined && SUPPORTED_MINORS.indexOf(from) <= SUPPORTED_MINORS.indexOf(minor);
}
