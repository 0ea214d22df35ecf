import type { Distribution } from '../../settings';
import type { DistributionRenderer } from '../distribution-renderer';
import { aksFiles } from './aks';
import { eksFiles } from './eks';
import { gkeFiles } from './gke';
import { k3sFiles } from './k3s';
import { kindFiles } from './kind';
import { kubeadmFiles } from './kubeadm';
import { rke2Files } from './rke2';
import { talosFiles } from './talos';

/** Every distribution's way from the control plane to its files. */
export const DISTRIBUTION_RENDERERS: Readonly<Record<Distribution, DistributionRenderer>> = {
  kubeadm: kubeadmFiles,
  kind: kindFiles,
  k3s: k3sFiles,
  rke2: rke2Files,
  talos: talosFiles,
  eks: eksFiles,
  gke: gkeFiles,
  aks: aksFiles,
};
