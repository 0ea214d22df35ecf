import type { Distribution, KubernetesMinor, NodeSettings } from '../settings';

/** Network plugins whose ports and host policies are known. */
export const NETWORK_PLUGINS = ['cilium', 'calico', 'canal', 'flannel', 'other'] as const;
export type NetworkPlugin = (typeof NETWORK_PLUGINS)[number];

/** Port of the API servers unless the settings name another. */
export const DEFAULT_API_SERVER_PORT = 6443;

/** Addresses of the hosts, by what they are. Ranges in CIDR form, IPv4 or IPv6. */
export interface ClusterHosts {
  /** Addresses of the control-plane nodes: they run the API servers and etcd. */
  readonly controlPlane: readonly string[];
  /** Ranges that all nodes are in, the control plane too. */
  readonly nodes: readonly string[];
  /**
   * Ranges from which people administer the cluster (API server, SSH).
   *
   * @default - nobody from outside
   */
  readonly admins?: readonly string[];
  /**
   * Ranges of load balancers in front of the API servers and of NodePorts.
   *
   * @default - none
   */
  readonly loadBalancers?: readonly string[];
}

/** The cluster's own networks. */
export interface ClusterNetwork {
  /** Ranges of pods, at most one of each family. */
  readonly pods: readonly string[];
  /** Ranges of Services, at most one of each family. */
  readonly services: readonly string[];
  readonly plugin: NetworkPlugin;
}

/** What files for hosts need to know of the cluster. */
export interface ClusterSpec {
  /** Name of the cluster. */
  readonly name: string;
  readonly minor: KubernetesMinor;
  readonly distribution: Distribution;
  /** `host:port` at which nodes and people reach the API servers, such as `api.example.com:6443`. */
  readonly endpoint: string;
  readonly hosts: ClusterHosts;
  readonly network: ClusterNetwork;
  /** Port that each API server listens on; that of `endpoint` may be a load balancer's. @default 6443 */
  readonly apiServerPort?: number;
  /** What the nodes can do. @default - no security module, no user namespaces */
  readonly nodes?: NodeSettings;
}
