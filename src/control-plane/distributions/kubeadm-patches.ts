import type { NodeFile } from '../../manifest';
import { configYaml } from '../config-yaml';
import { FLAGGED_PROGRAMS } from '../host-parts';
import type { FlaggedProgram } from '../host-parts';

/** Capabilities in the words of a pod. */
interface SecurityContext {
  readonly allowPrivilegeEscalation: false;
  readonly capabilities?: { readonly drop: readonly ['ALL']; readonly add?: readonly string[] };
}

/**
 * What the static pods of the control plane, which run as root, may do beside that. The API server keeps the capabilities of the
 * runtime: it gives a rotated audit log back to its group, and talks to key services through sockets of other users. etcd must
 * enter its folder, which belongs to the user etcd.
 */
const SECURITY_CONTEXTS: Readonly<Record<FlaggedProgram, SecurityContext>> = {
  'kube-apiserver': { allowPrivilegeEscalation: false },
  'kube-controller-manager': { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  'kube-scheduler': { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  etcd: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['DAC_OVERRIDE'] } },
};

/** Files that kubeadm merges into the static pods it writes: `<program>0+strategic.yaml` in its folder of patches. */
export function kubeadmPatches(folder: string): NodeFile[] {
  return FLAGGED_PROGRAMS.map((program) => ({
    role: 'control-plane',
    path: `${folder}/${program}0+strategic.yaml`,
    mode: '0600',
    owner: 'root:root',
    content: configYaml({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: program, namespace: 'kube-system' },
      spec: { containers: [{ name: program, securityContext: SECURITY_CONTEXTS[program] }] },
    }),
  }));
}
