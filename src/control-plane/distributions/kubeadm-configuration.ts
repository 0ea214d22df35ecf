import { validityPeriod } from '../certificates';
import type { CertificatesSection } from '../certificates';
import { KUBEADM_LAYOUT } from '../host-layout';
import type { HostParts } from '../host-parts';
import { apiServerMounts } from './written-flags';

/** A flag as v1beta4 has it. */
export interface KubeadmArgument {
  readonly name: string;
  readonly value: string;
}

/** A path of the host in a static pod. */
export interface KubeadmVolume {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly pathType: 'Directory' | 'DirectoryOrCreate';
}

/** Where an API server of the control plane listens. */
export interface KubeadmApiEndpoint {
  readonly advertiseAddress: string;
  readonly bindPort: number;
}

interface KubeadmDocument<K extends string> {
  readonly apiVersion: 'kubeadm.k8s.io/v1beta4';
  readonly kind: K;
}

/** What `kubeadm init` does on the first node. */
export interface InitConfiguration extends KubeadmDocument<'InitConfiguration'> {
  readonly bootstrapTokens: readonly { readonly ttl: string; readonly description: string }[];
  readonly localAPIEndpoint: KubeadmApiEndpoint;
  readonly patches: { readonly directory: string };
}

/** How certificates are made. */
export interface KubeadmCertificates {
  readonly encryptionAlgorithm: string;
  readonly certificateValidityPeriod: string;
  readonly caCertificateValidityPeriod: string;
}

/** The cluster: kept in the ConfigMap kubeadm-config, and read by every `kubeadm upgrade`. */
export interface ClusterConfiguration extends KubeadmDocument<'ClusterConfiguration'>, Partial<KubeadmCertificates> {
  readonly clusterName: string;
  /** A version, or a label that kubeadm resolves. */
  readonly kubernetesVersion: string;
  readonly controlPlaneEndpoint: string;
  readonly networking: { readonly podSubnet: string; readonly serviceSubnet: string };
  readonly etcd: { readonly local: { readonly dataDir: string; readonly extraArgs: readonly KubeadmArgument[] } };
  readonly apiServer: {
    readonly certSANs: readonly string[];
    readonly extraArgs: readonly KubeadmArgument[];
    readonly extraVolumes: readonly KubeadmVolume[];
  };
  readonly controllerManager: { readonly extraArgs: readonly KubeadmArgument[] };
  readonly scheduler: { readonly extraArgs: readonly KubeadmArgument[] };
}

/** What `kubeadm join` does on a node. */
export interface JoinConfiguration extends KubeadmDocument<'JoinConfiguration'> {
  readonly discovery: { readonly file: { readonly kubeConfigPath: string } };
  /** @default - a worker */
  readonly controlPlane?: { readonly localAPIEndpoint: KubeadmApiEndpoint };
  readonly patches?: { readonly directory: string };
}

/** Certificates, in the terms of v1beta4. */
export function kubeadmCertificates({ algorithm, validityDays, caValidityDays }: CertificatesSection): KubeadmCertificates {
  return {
    encryptionAlgorithm: algorithm,
    certificateValidityPeriod: validityPeriod(validityDays),
    caCertificateValidityPeriod: validityPeriod(caValidityDays),
  };
}

/** The folders that the API server must see, each under its own path. */
export function apiServerVolumes(parts: Required<HostParts>): KubeadmVolume[] {
  return apiServerMounts(parts, KUBEADM_LAYOUT).map(({ name, path, readOnly, type = 'Directory' }) => ({
    name,
    hostPath: path,
    mountPath: path,
    readOnly,
    pathType: type,
  }));
}
