import { Cidr } from '../../manifest';
import type { NetworkPlugin } from '../cluster-spec';
import { IP_PROTOCOLS } from './firewall-section';
import type { SourceClass } from './firewall-section';
import { addressesOf, hostOpenings, metadataRanges } from './host-openings';
import type { FirewalledCluster, FirewallSpec, HostOpening } from './host-openings';
import { NODE_PORTS } from './port-table';
import type { NodeRole } from './port-table';

/** The table of this firewall, which nothing else writes to. */
export const NFT_TABLE = 'inet host_firewall';

/** How nftables calls an address family: of headers, of sets, and the ending of a set's name. */
const FAMILIES = [
  { family: 'ipv4', header: 'ip', suffix: '4' },
  { family: 'ipv6', header: 'ip6', suffix: '6' },
] as const;
type Family = (typeof FAMILIES)[number];

/** The set that a class of sources is in. `anyone` needs none. */
const SETS: Readonly<Partial<Record<SourceClass, string>>> = {
  'control-plane': 'control_plane',
  nodes: 'nodes',
  pods: 'pods',
  metrics: 'pods', // a packet does not say which pod it is of
  admins: 'admins',
  'load-balancers': 'load_balancers',
  'link-local': 'link_local',
};

/** What a plugin needs beside ports. */
const PLUGIN_RULES: Readonly<Partial<Record<NetworkPlugin, readonly string[]>>> = {
  // bpf/lib/common.h, MARK_MAGIC_TO_PROXY: pods' traffic that a policy with DNS or HTTP rules sends through Cilium's proxy. Only this host can set marks.
  cilium: ['meta mark & 0x00000f00 == 0x00000200 accept comment "to the proxy of Cilium"'],
};

/**
 * The rule set of a host of this role, for `nft -f`. It may be loaded again at any time: its own table is replaced in one
 * step, and no other is touched. `flush ruleset` would remove those of kube-proxy and of the network plugin.
 *
 * A `drop` in any table is final and an `accept` is not, so it only narrows what others allow.
 */
export function nftables(spec: FirewallSpec, role: NodeRole): string {
  const openings = hostOpenings(spec, role);
  return [
    '#!/usr/sbin/nft -f',
    `# Host firewall of ${spec.cluster.name}, ${role} nodes. Generated: change the blueprint, not this file.`,
    `table ${NFT_TABLE}`,
    `delete table ${NFT_TABLE}`,
    '',
    `table ${NFT_TABLE} {`,
    ...sets(spec, openings),
    '',
    ...block('chain refused', ['limit rate 5/second burst 20 packets log prefix "host-firewall: " level info', 'counter drop']),
    ...block('chain node_ports', nodePorts(spec, openings)),
    ...block('chain input', input(spec, openings)),
    ...block('chain forward', forward()).slice(0, -1),
    '}',
    '',
  ].join('\n');
}

function block(head: string, lines: readonly string[]): string[] {
  return [`  ${head} {`, ...lines.map((line) => `    ${line}`), '  }', ''];
}

/** A set of each family for every class that a rule names. An empty one would match nothing, so neither set nor rule is made. */
function sets({ cluster }: FirewallSpec, openings: readonly HostOpening[]): string[] {
  const used = new Set(openings.flatMap(({ from }) => from).filter((source) => SETS[source] !== undefined));
  const named = new Map<string, readonly string[]>(
    [...used, 'pods' as const].map((source) => [SETS[source] as string, addressesOf(source, cluster)]),
  );
  named.set('services', cluster.network.services);
  named.set('metadata', metadataRanges(cluster).map(String));
  return [...named].flatMap(([name, ranges]) =>
    FAMILIES.flatMap((family) => {
      const elements = ranges.filter((range) => Cidr.parse(range).family === family.family);
      const line = `set ${name}${family.suffix} { type ${family.family}_addr; flags interval; elements = { ${elements.map(element).join(', ')} }; }`;
      return elements.length === 0 ? [] : [`  ${line}`];
    }),
  );
}

/** A range of one address as that address. */
function element(range: string): string {
  return range.replace(/(?<=\.\d+)\/32$|\/128$/, '');
}

/**
 * NodePorts are rewritten to the port of a pod in prerouting at priority -100 (dstnat), so this is the only place where they
 * still have their own number. Answers to connections of this host come first: the source port of a masqueraded connection
 * may lie in the range.
 */
function nodePorts({ cluster }: FirewallSpec, openings: readonly HostOpening[]): string[] {
  const allowed = openings.filter(({ name }) => name === 'node-ports').flatMap((opening) => rules(opening, cluster));
  return [
    'type filter hook prerouting priority mangle; policy accept;',
    'ct state established,related accept',
    'iif lo accept',
    ...allowed,
    `meta l4proto { tcp, udp, sctp } th dport ${NODE_PORTS.port}-${NODE_PORTS.endPort} fib daddr type local jump refused`,
  ];
}

function input({ cluster }: FirewallSpec, openings: readonly HostOpening[]): string[] {
  return [
    'type filter hook input priority filter; policy drop;',
    'ct state established,related accept',
    'ct state invalid counter drop',
    'iif lo accept',
    ...(PLUGIN_RULES[cluster.network.plugin] ?? []),
    // RFC 4890: errors and neighbour discovery are what IPv6 does not work without; so is being asked for one's multicast groups.
    'icmp type { destination-unreachable, time-exceeded, parameter-problem } accept',
    'icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept',
    'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert, mld-listener-query } accept',
    'icmp type echo-request limit rate 50/second accept',
    'icmpv6 type echo-request limit rate 50/second accept',
    ...servicesOnThisHost(cluster),
    ...openings.flatMap((opening) => rules(opening, cluster)),
    'jump refused',
  ];
}

/** kube-proxy in IPVS mode gives the host the addresses of all Services, and looks at packets to them only after this chain. */
function servicesOnThisHost({ network }: FirewalledCluster): string[] {
  return FAMILIES.filter(({ family }) => network.services.some((range) => Cidr.parse(range).family === family)).map(
    ({ header, suffix }) =>
      `${header} saddr @pods${suffix} ${header} daddr @services${suffix} accept comment "Services, where kube-proxy runs in IPVS mode"`,
  );
}

/** Pods must not reach a metadata service; what runs on the host itself goes another way (output) and still can. */
function forward(): string[] {
  return [
    'type filter hook forward priority filter; policy accept;',
    ...FAMILIES.map(({ header, suffix }) => `${header} daddr @metadata${suffix} jump refused`),
  ];
}

/** One rule for each family and class of sources that has addresses of it: nftables takes no set of sets. */
function rules({ protocol, port, endPort, family, from, name }: HostOpening, cluster: FirewalledCluster): string[] {
  const to = IP_PROTOCOLS[protocol].ports
    ? `${protocol} dport ${endPort === undefined ? port : `${port}-${endPort}`}`
    : `meta l4proto ${IP_PROTOCOLS[protocol].number}`;
  const source = (of: Family, set: string | undefined): string =>
    set === undefined ? `meta nfproto ${of.family}` : `${of.header} saddr @${set}${of.suffix}`;
  return FAMILIES.filter((of) => family === undefined || of.family === family).flatMap((of) => {
    const classes = from.filter((each) => addressesOf(each, cluster, of.family).length > 0);
    return [...new Set(classes.map((each) => SETS[each]))].map((set) => `${source(of, set)} ${to} accept comment "${name}"`);
  });
}
