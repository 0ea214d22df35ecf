import type { Distribution } from '../../settings';
import type { DistributionRenderer } from '../distribution-renderer';

const none: DistributionRenderer = () => [];

/** Every distribution's way from the control plane to its files. */
export const DISTRIBUTION_RENDERERS: Readonly<Record<Distribution, DistributionRenderer>> = {
  kubeadm: none,
  kind: none,
  k3s: none,
  rke2: none,
  talos: none,
  eks: none,
  gke: none,
  aks: none,
};
