/**
 * Hosts that files are for, and their folders under `dist/nodes`. `operator` is the machine that makes the cluster (where
 * `kind`, `talosctl` or a provider's CLI runs), not a node of it.
 */
export const HOST_ROLES = ['control-plane', 'worker', 'operator'] as const;
export type HostRole = (typeof HOST_ROLES)[number];

/** Roles of the hosts that run kubelets. */
export const NODE_ROLES = ['control-plane', 'worker'] as const satisfies readonly HostRole[];
