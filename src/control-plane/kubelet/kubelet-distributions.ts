import type { Distribution } from '../../settings';
import type { KubeletConfiguration } from './kubelet-configuration';

/** A field of the kubelet, by its name at the top of the document. */
export type KubeletField = Exclude<keyof KubeletConfiguration, 'apiVersion' | 'kind'>;

/** What k3s and RKE2 write into their own drop-in file, or give as a flag, which wins over every file (k3s pkg/daemons/agent). */
const K3S: readonly KubeletField[] = [
  ...(['address', 'authentication', 'authorization', 'cgroupDriver', 'clusterDNS', 'clusterDomain', 'containerRuntimeEndpoint'] as const),
  ...(['failSwapOn', 'healthzBindAddress', 'imageServiceEndpoint', 'kubeletCgroups', 'podCIDR', 'port', 'protectKernelDefaults'] as const),
  ...(['readOnlyPort', 'resolvConf', 'rotateCertificates', 'serializeImagePulls', 'serverTLSBootstrap', 'staticPodPath'] as const),
  ...(['tlsCertFile', 'tlsPrivateKeyFile', 'volumePluginDir'] as const),
];

/** What Talos refuses in `extraConfig` (pkg/machinery/kubelet), and sets hardened by itself, TLS 1.3 too. */
const TALOS: readonly KubeletField[] = [
  ...(['authentication', 'authorization', 'cgroupRoot', 'kubeletCgroups', 'port', 'protectKernelDefaults', 'resolvConf'] as const),
  ...(['rotateCertificates', 'seccompDefault', 'staticPodPath', 'systemCgroups', 'tlsMinVersion', 'tlsCipherSuites'] as const),
];

/**
 * Fields that a distribution sets by itself, and that are therefore not written. Those of k3s and RKE2 beside the list, such as
 * `protect-kernel-defaults`, are keys of their own configuration file.
 */
export const FIELDS_OF_DISTRIBUTION: Readonly<Partial<Record<Distribution, readonly KubeletField[]>>> = {
  k3s: K3S,
  rke2: K3S,
  talos: TALOS,
  // The "node" has the kernel and the swap of the machine that kind runs on, and must not ask for others.
  kind: ['failSwapOn', 'protectKernelDefaults'],
};
