import type { DistributionRenderer } from '../distribution-renderer';
import { kubeletDocument } from '../kubelet';
import { managedFiles } from './managed';
import type { YourSetting } from './managed';

/** Settings of an AKS cluster, in the names of its API; `diagnosticCategories` are those of a diagnostic setting beside it. */
export interface AksSettings {
  readonly aadProfile: { readonly managed: true; readonly enableAzureRBAC: true };
  readonly apiServerAccessProfile: { readonly enablePrivateCluster: true };
  readonly diagnosticCategories: readonly string[];
  readonly disableLocalAccounts: true;
  readonly kubeletConfig: AksKubeletConfig;
  readonly networkProfile: {
    readonly networkPlugin: 'azure';
    readonly networkPluginMode: 'overlay';
    readonly networkDataplane: 'cilium';
    readonly networkPolicy: 'cilium';
  };
  readonly oidcIssuerProfile: { readonly enabled: true };
  readonly securityProfile: { readonly workloadIdentity: { readonly enabled: true } };
}

/** The kubelet of node pools as far as AKS lets it be set. */
export interface AksKubeletConfig {
  readonly seccompDefault: 'RuntimeDefault';
  readonly containerLogMaxFiles?: number;
  readonly podMaxPids?: number;
}

const YOURS: readonly YourSetting[] = [
  { field: 'aadProfile.adminGroupObjectIDs', what: 'the group of Entra that administers the cluster' },
  { field: 'diagnosticCategories', what: 'the workspace of Log Analytics that they go to' },
  { field: 'securityProfile.azureKeyVaultKms', what: 'a key of Key Vault, so that Secrets are encrypted with it' },
  { field: 'securityProfile.defender', what: 'the workspace of Defender for Containers, if you have it' },
];

/** AKS: settings, and what becomes of each control. */
export const aksFiles: DistributionRenderer = (spec) => {
  const kubelet = kubeletDocument(spec);
  const settings: AksSettings = {
    aadProfile: { managed: true, enableAzureRBAC: true },
    apiServerAccessProfile: { enablePrivateCluster: true },
    diagnosticCategories: ['kube-audit-admin', 'kube-apiserver', 'guard', 'kube-controller-manager', 'kube-scheduler'],
    disableLocalAccounts: true,
    kubeletConfig: {
      seccompDefault: 'RuntimeDefault',
      ...(kubelet && { containerLogMaxFiles: kubelet.containerLogMaxFiles, podMaxPids: kubelet.podPidsLimit }),
    },
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkDataplane: 'cilium', networkPolicy: 'cilium' },
    oidcIssuerProfile: { enabled: true },
    securityProfile: { workloadIdentity: { enabled: true } },
  };
  return managedFiles(spec, 'aks', settings, YOURS);
};
