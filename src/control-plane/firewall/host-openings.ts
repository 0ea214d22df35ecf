import type { ControlId } from '../../controls';
import { Cidr, METADATA_ADDRESSES } from '../../manifest';
import type { Distribution } from '../../settings';
import type { ClusterHosts, ClusterNetwork, NetworkPlugin } from '../cluster-spec';
import { clusterProblems } from '../cluster-problems';
import { firewallProblems } from './firewall-problems';
import type { CheckedFirewall } from './firewall-problems';
import type { FirewallSection, IpProtocol, SourceClass } from './firewall-section';
import { rowsFor } from './port-table';
import type { NodeRole } from './port-table';

/** What a firewall needs to know of the cluster: a part of `ClusterSpec`. */
export interface FirewalledCluster {
  readonly name: string;
  readonly distribution: Distribution;
  readonly hosts: ClusterHosts;
  readonly network: ClusterNetwork;
}

/** Everything that a firewall is made from. */
export interface FirewallSpec {
  readonly cluster: FirewalledCluster;
  readonly firewall: FirewallSection;
}

/** A row of the port table for one role of hosts, with the addresses that it is open to. */
export interface HostOpening {
  readonly name: string;
  readonly role: NodeRole;
  readonly protocol: IpProtocol;
  /** Undefined for a protocol without ports. */
  readonly port?: number;
  readonly endPort?: number;
  readonly family?: 'ipv4' | 'ipv6';
  /** Who, by what it is. */
  readonly from: readonly SourceClass[];
  /** Who, as ranges in canonical form. Never empty. */
  readonly cidrs: readonly string[];
  readonly failsafe: boolean;
  readonly why: string;
  readonly control: ControlId;
}

/**
 * Plugins that give traffic from a pod to another node the address of the pod's own node: there, what is opened for pods must
 * be open for nodes. Calico and flannel do it for all that is not in the pods' range, nodes included (`natOutgoing`,
 * `--ip-masq`); Cilium leaves out the nodes it knows. Of a plugin that is not known, the wider is assumed, so that metrics work.
 */
const MASQUERADING: readonly NetworkPlugin[] = ['calico', 'canal', 'flannel', 'other'];

/** What hosts of a role let in, in the order of the port table. @throws with every problem of the cluster and the firewall */
export function hostOpenings(spec: FirewallSpec, role: NodeRole): HostOpening[] {
  refuseFirewallProblems(spec);
  const { cluster, firewall } = spec;
  return rowsFor(firewall, cluster.distribution, cluster.network.plugin)
    .filter(({ on }) => on.includes(role))
    .map(({ name, protocol, port, endPort, family, from, failsafe = false, why, control }) => {
      const sources = effectiveSources(from, cluster.network.plugin);
      const cidrs = [...new Set(sources.flatMap((source) => addressesOf(source, cluster, family)))];
      return { name, role, protocol, port, endPort, family, from: sources, cidrs, failsafe, why, control };
    })
    .filter(({ cidrs }) => cidrs.length > 0);
}

/** @throws with every problem of the cluster and the firewall at once */
export function refuseFirewallProblems({
  cluster,
  firewall,
}: {
  readonly cluster: FirewalledCluster;
  readonly firewall: CheckedFirewall;
}): void {
  const problems = [...clusterProblems(cluster), ...firewallProblems(firewall, cluster)];
  if (problems.length > 0) {
    const lines = problems.map(({ field, message, control, remedy }) => `${field}: ${message} (control ${control}). ${remedy}`);
    throw new Error(`The firewall of ${cluster.name} cannot be made:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}

function effectiveSources(from: readonly SourceClass[], plugin: NetworkPlugin): readonly SourceClass[] {
  const ofPods = from.some((source) => source === 'pods' || source === 'metrics');
  return ofPods && MASQUERADING.includes(plugin) && !from.includes('nodes') ? [...from, 'nodes'] : from;
}

/** The ranges that a class of sources is in, of one family or both. */
export function addressesOf(source: SourceClass, { hosts, network }: FirewalledCluster, family?: 'ipv4' | 'ipv6'): string[] {
  const ranges: Readonly<Record<SourceClass, readonly string[]>> = {
    'control-plane': hosts.controlPlane,
    nodes: hosts.nodes,
    pods: network.pods,
    metrics: network.pods,
    admins: hosts.admins ?? [],
    'load-balancers': hosts.loadBalancers ?? [],
    'link-local': ['fe80::/10'],
    anyone: ['0.0.0.0/0', '::/0'],
  };
  return ranges[source]
    .map((range) => (range.includes('/') ? Cidr.canonical(range) : Cidr.ofAddress(range)))
    .filter((range) => family === undefined || range.family === family)
    .map(String);
}

/**
 * The metadata services that pods are kept from (NET-26). An address that the cluster uses itself is none: pods may be in
 * 100.64.0.0/10, where one of the clouds has its service.
 */
export function metadataRanges({ hosts, network }: FirewalledCluster): Cidr[] {
  const own = [...hosts.nodes, ...network.pods, ...network.services].map((range) => Cidr.canonical(range));
  return METADATA_ADDRESSES.map(({ address }) => Cidr.ofAddress(address)).filter(
    (range) => !own.some((other) => other.containsCidr(range)),
  );
}
