import type { DistributionRenderer } from '../distribution-renderer';
import { kubeletDocument } from '../kubelet';
import { managedFiles } from './managed';
import type { YourSetting } from './managed';

/** Settings of a GKE cluster (Standard), in the names of its API. */
export interface GkeSettings {
  readonly anonymousAuthenticationConfig: { readonly mode: 'LIMITED' };
  readonly binaryAuthorization: { readonly evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' };
  readonly loggingConfig: { readonly componentConfig: { readonly enableComponents: readonly string[] } };
  readonly masterAuth: { readonly clientCertificateConfig: { readonly issueClientCertificate: false } };
  /** Ranges from which the API server is reached; undefined where none are known. */
  readonly masterAuthorizedNetworksConfig?: {
    readonly enabled: true;
    readonly cidrBlocks: readonly { readonly cidrBlock: string; readonly displayName: string }[];
  };
  readonly networkConfig: { readonly datapathProvider: 'ADVANCED_DATAPATH'; readonly enableIntraNodeVisibility: true };
  readonly nodeConfig: {
    readonly imageType: 'COS_CONTAINERD';
    readonly kubeletConfig: GkeKubeletConfig;
    readonly shieldedInstanceConfig: { readonly enableSecureBoot: true; readonly enableIntegrityMonitoring: true };
    readonly workloadMetadataConfig: { readonly mode: 'GKE_METADATA' };
  };
  readonly privateClusterConfig: { readonly enablePrivateNodes: true; readonly enablePrivateEndpoint: true };
  readonly rbacBindingConfig: {
    readonly enableInsecureBindingSystemAuthenticated: false;
    readonly enableInsecureBindingSystemUnauthenticated: false;
  };
  readonly releaseChannel: { readonly channel: 'REGULAR' };
  readonly shieldedNodes: { readonly enabled: true };
}

/** The kubelet as far as GKE lets it be set. */
export interface GkeKubeletConfig {
  readonly insecureKubeletReadonlyPortEnabled: false;
  readonly containerLogMaxFiles?: number;
  readonly containerLogMaxSize?: string;
  /** A number as text, as its API has 64 bits. */
  readonly podPidsLimit?: string;
}

const YOURS: readonly YourSetting[] = [
  { field: 'databaseEncryption', what: 'state: ENCRYPTED, and the name of a key of Cloud KMS' },
  { field: 'workloadIdentityConfig.workloadPool', what: 'PROJECT.svc.id.goog; the metadata server needs it' },
];

/** GKE: settings, and what becomes of each control. */
export const gkeFiles: DistributionRenderer = (spec) => {
  const { admins = [] } = spec.cluster.hosts;
  const kubelet = kubeletDocument(spec);
  const settings: GkeSettings = {
    anonymousAuthenticationConfig: { mode: 'LIMITED' },
    binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
    loggingConfig: {
      componentConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER'] },
    },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    ...(admins.length > 0 && {
      masterAuthorizedNetworksConfig: {
        enabled: true,
        cidrBlocks: admins.map((cidrBlock) => ({ cidrBlock, displayName: 'administrators' })),
      },
    }),
    networkConfig: { datapathProvider: 'ADVANCED_DATAPATH', enableIntraNodeVisibility: true },
    nodeConfig: {
      imageType: 'COS_CONTAINERD',
      kubeletConfig: {
        insecureKubeletReadonlyPortEnabled: false,
        ...(kubelet && {
          containerLogMaxFiles: kubelet.containerLogMaxFiles,
          containerLogMaxSize: kubelet.containerLogMaxSize,
          podPidsLimit: String(kubelet.podPidsLimit),
        }),
      },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
    },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    rbacBindingConfig: { enableInsecureBindingSystemAuthenticated: false, enableInsecureBindingSystemUnauthenticated: false },
    releaseChannel: { channel: 'REGULAR' },
    shieldedNodes: { enabled: true },
  };
  return managedFiles(spec, 'gke', settings, YOURS);
};
