import { configYaml } from '../config-yaml';
import type { DistributionRenderer } from '../distribution-renderer';
import { kubeletDocument } from '../kubelet';
import type { KubeletField } from '../kubelet';
import { managedFiles } from './managed';
import type { YourSetting } from './managed';

/** Settings of an EKS cluster, in the names of its API. */
export interface EksSettings {
  readonly accessConfig: { readonly authenticationMode: 'API'; readonly bootstrapClusterCreatorAdminPermissions: false };
  readonly deletionProtection: true;
  readonly enabledClusterLogTypes: readonly ('api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler')[];
  /** Of the log group, which EKS makes without an end. */
  readonly logRetentionInDays: number;
  readonly resourcesVpcConfig: { readonly endpointPrivateAccess: true; readonly endpointPublicAccess: false };
  /** Of the launch template: one hop keeps pods out of the metadata service. */
  readonly metadataOptions: { readonly httpTokens: 'required'; readonly httpPutResponseHopLimit: 1 };
  /** Of the add-on vpc-cni, which enforces no policies unless told. */
  readonly vpcCni: { readonly enableNetworkPolicy: 'true' };
}

const SETTINGS: EksSettings = {
  accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
  deletionProtection: true,
  enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
  logRetentionInDays: 365,
  resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
  metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
  vpcCni: { enableNetworkPolicy: 'true' },
};

const YOURS: readonly YourSetting[] = [
  { field: 'accessConfig', what: 'access entries for those who administer the cluster: nobody gets in without one' },
  { field: 'encryptionConfig[0].provider.keyArn', what: 'ARN of a KMS key, with resources: ["secrets"]' },
];

/** Fields of the kubelet that a NodeConfig may carry; nodeadm sets what concerns the cluster itself. */
const KUBELET_FIELDS: readonly KubeletField[] = [
  ...(['containerLogMaxFiles', 'containerLogMaxSize', 'enableDebugFlagsHandler', 'enableProfilingHandler'] as const),
  ...([
    'enableSystemLogHandler',
    'eventBurst',
    'eventRecordQPS',
    'evictionHard',
    'imageMaximumGCAge',
    'mergeDefaultEvictionSettings',
  ] as const),
  ...(['podPidsLimit', 'seccompDefault', 'streamingConnectionIdleTimeout', 'tlsCipherSuites', 'tlsMinVersion'] as const),
];

/** EKS: settings, what becomes of each control, and a NodeConfig for the user data of nodes (AL2023). */
export const eksFiles: DistributionRenderer = (spec) => {
  const kubelet = kubeletDocument(spec);
  const config = Object.fromEntries(
    Object.entries(kubelet ?? {}).filter(([field]) => (KUBELET_FIELDS as readonly string[]).includes(field)),
  );
  return [
    ...managedFiles(spec, 'eks', SETTINGS, YOURS),
    ...(kubelet
      ? [
          {
            role: 'operator',
            path: '/eks/node-config.yaml',
            mode: '0644',
            owner: 'root:root',
            content: configYaml({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: { kubelet: { config } } }),
          },
        ]
      : []),
  ];
};
