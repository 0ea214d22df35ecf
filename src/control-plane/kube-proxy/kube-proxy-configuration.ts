import type { ComponentLogging } from '../kubelet';

/** How kube-proxy keeps its rules in step. Go durations. */
interface SyncPeriods {
  readonly syncPeriod?: string;
  readonly minSyncPeriod?: string;
}

/** How kube-proxy marks and masquerades. */
interface Masquerade {
  readonly masqueradeBit?: number;
  readonly masqueradeAll?: boolean;
}

/** `kubeproxy.config.k8s.io/v1alpha1`, with the names of upstream; without what is for Windows, IPVS and old releases. */
export interface KubeProxyConfiguration {
  readonly apiVersion: 'kubeproxy.config.k8s.io/v1alpha1';
  readonly kind: 'KubeProxyConfiguration';
  readonly bindAddress?: string;
  readonly bindAddressHardFail?: boolean;
  readonly clientConnection?: {
    readonly kubeconfig?: string;
    readonly acceptContentTypes?: string;
    readonly contentType?: string;
    readonly qps?: number;
    readonly burst?: number;
  };
  readonly clusterCIDR?: string;
  readonly configSyncPeriod?: string;
  readonly conntrack?: {
    readonly maxPerCore?: number;
    readonly min?: number;
    readonly tcpBeLiberal?: boolean;
    readonly tcpCloseWaitTimeout?: string;
    readonly tcpEstablishedTimeout?: string;
    readonly udpStreamTimeout?: string;
    readonly udpTimeout?: string;
  };
  readonly detectLocal?: { readonly bridgeInterface?: string; readonly interfaceNamePrefix?: string };
  readonly detectLocalMode?: '' | 'ClusterCIDR' | 'NodeCIDR' | 'BridgeInterface' | 'InterfaceNamePrefix';
  readonly enableProfiling?: boolean;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly healthzBindAddress?: string;
  readonly hostnameOverride?: string;
  readonly iptables?: Masquerade & SyncPeriods & { readonly localhostNodePorts?: boolean };
  readonly logging?: ComponentLogging;
  readonly metricsBindAddress?: string;
  readonly mode?: KubeProxyMode;
  readonly nftables?: Masquerade & SyncPeriods;
  readonly nodePortAddresses?: readonly string[];
  readonly oomScoreAdj?: number;
  readonly showHiddenMetricsForVersion?: string;
}

/** How kube-proxy writes its rules. ipvs is deprecated since 1.35. */
export const KUBE_PROXY_MODES = ['iptables', 'nftables'] as const;
export type KubeProxyMode = (typeof KUBE_PROXY_MODES)[number];
