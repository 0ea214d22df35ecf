import type { ControlId } from '../../controls';
import type { Distribution } from '../../settings';
import type { NetworkPlugin } from '../cluster-spec';
import { NODE_ROLES } from '../host-role';
import type { FirewallSection, IpProtocol, PodTransport, SourceClass } from './firewall-section';

export type NodeRole = (typeof NODE_ROLES)[number];

/** A port that hosts open, to whom, where, and why. */
export interface PortRow {
  /** What listens there. */
  readonly name: string;
  /** The port, or the first of a range; undefined for a protocol without ports. */
  readonly port?: number;
  /** Last port of a range. */
  readonly endPort?: number;
  /** Setting of the firewall that names another port. */
  readonly portSetting?: 'sshPort' | 'apiServerPort';
  readonly protocol: IpProtocol;
  /** In one address family only. */
  readonly family?: 'ipv4' | 'ipv6';
  readonly on: readonly NodeRole[];
  readonly from: readonly SourceClass[];
  /** Only on these. @default - on all */
  readonly distributions?: readonly Distribution[];
  /** Only with these network plugins. @default - with all */
  readonly plugins?: readonly NetworkPlugin[];
  /** Only where pods' traffic goes this way. */
  readonly transport?: PodTransport;
  /** Only where the firewall says so. */
  readonly option?: 'nodePorts' | 'nodeLocalDns';
  /** Without it nobody can mend the host any more: Calico keeps it open whatever its policies say. */
  readonly failsafe?: true;
  readonly why: string;
  readonly control: ControlId;
  readonly source: string;
}

/** First and last NodePort, unless the API server's `--service-node-port-range` is changed. */
export const NODE_PORTS = { port: 30_000, endPort: 32_767 } as const;

const CONTROL_PLANE: readonly NodeRole[] = ['control-plane'];
const WORKER: readonly NodeRole[] = ['worker'];
const WITH_SSH: readonly Distribution[] = ['kubeadm', 'kind', 'k3s', 'rke2', 'eks', 'gke', 'aks'];

const KUBERNETES = 'https://kubernetes.io/docs/reference/networking/ports-and-protocols/';
const NODE_LOCAL_DNS = 'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/';
const RKE2 = 'https://docs.rke2.io/install/requirements#inbound-network-rules';
const TALOS = 'https://www.talos.dev/v1.10/learn-more/talos-network-connectivity/';
const CILIUM = 'https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules';
const CALICO = 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements#network-requirements';
const FLANNEL = 'https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md';
const NSA = 'NSA/CISA Kubernetes Hardening Guidance, Tables II and III';

/**
 * The one table of what hosts let in (NET-11): host firewall, host policies of the network plugin and security groups are
 * made from it. What is not in it is closed. 10248, 10249, 10257, 10259 and 2381 answer on the loopback only and need no row.
 */
export const PORT_TABLE: readonly PortRow[] = [
  {
    name: 'ssh',
    port: 22,
    portSetting: 'sshPort',
    protocol: 'tcp',
    on: NODE_ROLES,
    from: ['admins'],
    distributions: WITH_SSH,
    failsafe: true,
    why: 'administration of the hosts',
    control: 'NET-11',
    source: NSA,
  },
  {
    name: 'dhcp',
    port: 68,
    protocol: 'udp',
    family: 'ipv4',
    on: NODE_ROLES,
    from: ['anyone'],
    failsafe: true,
    why: 'answers of the DHCP server, which come from an address that was not asked',
    control: 'NET-11',
    source: 'RFC 2131',
  },
  {
    name: 'dhcpv6',
    port: 546,
    protocol: 'udp',
    family: 'ipv6',
    on: NODE_ROLES,
    from: ['link-local'],
    failsafe: true,
    why: 'answers of the DHCPv6 server, which are asked for by multicast',
    control: 'NET-11',
    source: 'RFC 8415',
  },
  {
    name: 'kube-apiserver',
    port: 6443,
    portSetting: 'apiServerPort',
    protocol: 'tcp',
    on: CONTROL_PLANE,
    from: ['nodes', 'pods', 'admins', 'load-balancers'],
    failsafe: true,
    why: 'the Kubernetes API; on k3s the supervisor too',
    control: 'NET-12',
    source: KUBERNETES,
  },
  {
    name: 'etcd',
    port: 2379,
    endPort: 2380,
    protocol: 'tcp',
    on: CONTROL_PLANE,
    from: ['control-plane'],
    failsafe: true,
    why: 'API servers, and members among each other',
    control: 'NET-16',
    source: KUBERNETES,
  },
  {
    name: 'kubelet',
    port: 10_250,
    protocol: 'tcp',
    on: NODE_ROLES,
    from: ['control-plane', 'metrics'],
    why: 'API servers (logs, exec), metrics-server and the metrics collector',
    control: 'NET-19',
    source: KUBERNETES,
  },
  {
    name: 'kube-proxy-health',
    port: 10_256,
    protocol: 'tcp',
    on: NODE_ROLES,
    from: ['load-balancers'],
    why: 'health checks of load balancers',
    control: 'NET-19',
    source: KUBERNETES,
  },
  ...(['tcp', 'udp'] as const).map((protocol): PortRow => ({
    name: 'node-ports',
    ...NODE_PORTS,
    protocol,
    on: WORKER,
    from: ['load-balancers'],
    option: 'nodePorts',
    why: 'Services of type NodePort and LoadBalancer',
    control: 'NET-06',
    source: KUBERNETES,
  })),
  ...(['tcp', 'udp'] as const).map((protocol): PortRow => ({
    name: 'node-local-dns',
    port: 53,
    protocol,
    on: NODE_ROLES,
    from: ['pods'],
    option: 'nodeLocalDns',
    why: 'the DNS cache that pods ask on their own node',
    control: 'NET-04',
    source: NODE_LOCAL_DNS,
  })),
  {
    name: 'rke2-supervisor',
    port: 9345,
    protocol: 'tcp',
    on: CONTROL_PLANE,
    from: ['nodes', 'load-balancers'],
    distributions: ['rke2'],
    failsafe: true,
    why: 'nodes that join',
    control: 'NET-12',
    source: RKE2,
  },
  {
    name: 'talos-apid',
    port: 50_000,
    protocol: 'tcp',
    on: CONTROL_PLANE,
    from: ['admins', 'control-plane'],
    distributions: ['talos'],
    failsafe: true,
    why: 'talosctl',
    control: 'NET-11',
    source: TALOS,
  },
  {
    name: 'talos-apid',
    port: 50_000,
    protocol: 'tcp',
    on: WORKER,
    from: ['control-plane'],
    distributions: ['talos'],
    failsafe: true,
    why: 'talosctl, through a control-plane node',
    control: 'NET-11',
    source: TALOS,
  },
  {
    name: 'talos-trustd',
    port: 50_001,
    protocol: 'tcp',
    on: CONTROL_PLANE,
    from: ['nodes'],
    distributions: ['talos'],
    failsafe: true,
    why: 'certificates of the nodes',
    control: 'NET-12',
    source: TALOS,
  },
  betweenNodes({ name: 'cilium-health', port: 4240, protocol: 'tcp', plugins: ['cilium'], why: 'health checks of Cilium', source: CILIUM }),
  betweenNodes({ name: 'calico-typha', port: 5473, protocol: 'tcp', plugins: ['calico'], why: 'Felix to Typha', source: CALICO }),
  transport('vxlan', { port: 8472, protocol: 'udp', plugins: ['cilium'], source: CILIUM }),
  transport('vxlan', { port: 8472, protocol: 'udp', plugins: ['canal', 'flannel'], source: FLANNEL }),
  transport('vxlan', { port: 4789, protocol: 'udp', plugins: ['calico'], source: CALICO }),
  transport('geneve', { port: 6081, protocol: 'udp', plugins: ['cilium'], source: CILIUM }),
  transport('ipip', { protocol: 'ipip', family: 'ipv4', plugins: ['calico'], source: CALICO }),
  transport('bgp', { port: 179, protocol: 'tcp', plugins: ['calico'], source: CALICO }),
  transport('wireguard', { port: 51_871, protocol: 'udp', plugins: ['cilium'], source: CILIUM }),
  transport('wireguard', { port: 51_820, endPort: 51_821, protocol: 'udp', plugins: ['calico', 'canal', 'flannel'], source: FLANNEL }),
];

/** What the nodes' network plugins say to each other; Calico keeps it open, for else policies could not be mended. */
function betweenNodes(row: Omit<PortRow, 'on' | 'from' | 'control'>): PortRow {
  return { ...row, on: NODE_ROLES, from: ['nodes'], failsafe: true, control: 'NET-19' };
}

function transport(kind: PodTransport, row: Omit<PortRow, 'name' | 'on' | 'from' | 'transport' | 'why' | 'control'>): PortRow {
  return betweenNodes({ ...row, name: kind, transport: kind, why: "pods' traffic between nodes" });
}

/** What a plugin speaks between nodes where nobody says otherwise. */
export const DEFAULT_TRANSPORTS: Readonly<Record<NetworkPlugin, readonly PodTransport[]>> = {
  cilium: ['vxlan'],
  calico: ['vxlan', 'bgp'],
  canal: ['vxlan'],
  flannel: ['vxlan'],
  other: [],
};

/** What a network plugin can speak between nodes. */
export function transportsOf(plugin: NetworkPlugin): PodTransport[] {
  return [...new Set(PORT_TABLE.flatMap((row) => (row.transport && row.plugins?.includes(plugin) ? [row.transport] : [])))];
}

/** The rows that hold for a distribution, a plugin and a firewall; those of its own ports last. */
export function rowsFor(section: FirewallSection, distribution: Distribution, plugin: NetworkPlugin): PortRow[] {
  const transports = section.transports ?? DEFAULT_TRANSPORTS[plugin];
  const own = section.extraPorts.map((extra): PortRow => ({
    protocol: 'tcp',
    on: NODE_ROLES,
    control: 'NET-11',
    source: 'firewall.extraPorts',
    ...extra,
  }));
  return [
    ...PORT_TABLE.filter(
      (row) =>
        (row.distributions?.includes(distribution) ?? true) &&
        (row.plugins?.includes(plugin) ?? true) &&
        (row.transport === undefined || transports.includes(row.transport)) &&
        (row.option === undefined || section[row.option]),
    ).map((row) => (row.portSetting === undefined ? row : { ...row, port: section[row.portSetting] })),
    ...own,
  ];
}
