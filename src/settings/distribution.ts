/** What made the cluster: it decides where files for hosts go, and what can be set at all. */
export const DISTRIBUTIONS = ['kubeadm', 'kind', 'k3s', 'rke2', 'talos', 'eks', 'gke', 'aks'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** Distributions whose control plane the provider runs, so that no file of it can be set. */
export const MANAGED_DISTRIBUTIONS = ['eks', 'gke', 'aks'] as const satisfies readonly Distribution[];
