import type { PlatformSettings } from '../../settings';
import { DEFAULT_API_SERVER_PORT } from '../cluster-spec';
import type { NODE_ROLES } from '../host-role';

/** IP protocols of the port table, with their numbers. A protocol without ports is opened whole. */
export const IP_PROTOCOLS = {
  tcp: { number: 6, ports: true },
  udp: { number: 17, ports: true },
  /** IPv4 in IPv4, an encapsulation of Calico. */
  ipip: { number: 4, ports: false },
  /** Between the machines that share a virtual address, as keepalived has it (RFC 9568). */
  vrrp: { number: 112, ports: false },
} as const;
export type IpProtocol = keyof typeof IP_PROTOCOLS;

/** Who reaches a host, by what it is. Which addresses that is, the cluster says. */
export const SOURCE_CLASSES = ['control-plane', 'nodes', 'pods', 'metrics', 'admins', 'load-balancers', 'link-local', 'anyone'] as const;
export type SourceClass = (typeof SOURCE_CLASSES)[number];

/** How pods' traffic goes from node to node. */
export const POD_TRANSPORTS = ['vxlan', 'geneve', 'ipip', 'bgp', 'wireguard'] as const;
export type PodTransport = (typeof POD_TRANSPORTS)[number];

/** A port of your own that hosts open, beside those of the port table. */
export interface ExtraPort {
  /** What listens there: a DNS label, and the comment of the rule. */
  readonly name: string;
  /**
   * The port, or the first of a range.
   *
   * @default - none: a protocol without ports
   */
  readonly port?: number;
  /**
   * Last port of a range.
   *
   * @default - `port` alone
   */
  readonly endPort?: number;
  /** @default 'tcp' */
  readonly protocol?: IpProtocol;
  /** Who may reach it. At least one. */
  readonly from: readonly SourceClass[];
  /** @default - every node */
  readonly on?: readonly (typeof NODE_ROLES)[number][];
  /** Why it is open, for the reviewer. */
  readonly why: string;
}

/** Props of `HostFirewall`: what hosts let in beside what the cluster itself needs. */
export interface HostFirewallProps {
  /**
   * How pods' traffic goes from node to node, as the network plugin is set up.
   *
   * @default - VXLAN for Cilium, Canal and flannel; VXLAN and BGP for Calico; nothing for a plugin that is not known
   */
  readonly transports?: readonly PodTransport[];
  /**
   * Lets the load balancers of `hosts` reach NodePorts. Closed, a Service reaches outside by an ingress or gateway only.
   *
   * @default false
   */
  readonly nodePorts?: boolean;
  /**
   * Port of SSH.
   *
   * @default 22
   */
  readonly sshPort?: number;
  /**
   * Nobody administers the hosts over the network: SSH is closed. Must be said where `hosts` names no administrators.
   *
   * @default false
   */
  readonly withoutAdmins?: boolean;
  /**
   * Ports of your own, such as those of a node exporter or of an ingress controller on the host network.
   *
   * @default - none
   */
  readonly extraPorts?: readonly ExtraPort[];
}

/** Port of SSH unless it is another. */
export const DEFAULT_SSH_PORT = 22;

/** The firewall of the hosts. Which addresses and rules that comes to, `hostOpenings` says. */
export interface FirewallSection {
  /** Undefined: the default of the network plugin. */
  readonly transports?: readonly PodTransport[];
  readonly nodePorts: boolean;
  readonly sshPort: number;
  readonly withoutAdmins: boolean;
  readonly extraPorts: readonly ExtraPort[];
  /** Port that the API servers listen on. */
  readonly apiServerPort: number;
  /** Whether pods ask a DNS cache on their node. */
  readonly nodeLocalDns: boolean;
}

/** The section with its defaults, and with what the settings know. */
export function firewallSection(props: HostFirewallProps, settings: PlatformSettings): FirewallSection {
  return {
    transports: props.transports,
    nodePorts: props.nodePorts ?? false,
    sshPort: props.sshPort ?? DEFAULT_SSH_PORT,
    withoutAdmins: props.withoutAdmins ?? false,
    extraPorts: props.extraPorts ?? [],
    apiServerPort: settings.apiServer?.port ?? DEFAULT_API_SERVER_PORT,
    nodeLocalDns: settings.dns.cidrs.length > 0,
  };
}
