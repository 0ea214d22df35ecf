import type { KubeObject } from '../../manifest';
import type { PlatformPods } from '../../settings';
import { NODE_ROLES } from '../host-role';
import type { SourceClass } from './firewall-section';
import { IP_PROTOCOLS } from './firewall-section';
import { addressesOf, hostOpenings, metadataRanges } from './host-openings';
import type { FirewallSpec, HostOpening } from './host-openings';
import type { NodeRole } from './port-table';

/** Label of control-plane nodes, which kubeadm, k3s, RKE2 and Talos set. Cilium sees it on hosts, as it does not the `kubernetes.io/` ones. */
const CONTROL_PLANE_LABEL = 'node-role.kubernetes.io/control-plane';

/** metrics-server, by the labels of its own manifests. */
const METRICS_SERVER: PlatformPods = { namespace: 'kube-system', podLabels: { 'k8s-app': 'metrics-server' } };

/** One way to say who, in a rule: Cilium takes one of them a rule. */
type Peers =
  { readonly fromEntities: readonly string[] } | { readonly fromCIDR: readonly string[] } | { readonly fromEndpoints: readonly object[] };

/**
 * The port table as host policies of Cilium (1.16 or newer, for ranges of ports), and a policy that keeps pods from metadata
 * services. They need `hostFirewall.enabled=true`; begin in audit mode. See docs/firewall.md.
 *
 * @param monitoring pods of the metrics collector, if it is known
 */
export function ciliumHostPolicies(spec: FirewallSpec, monitoring?: PlatformPods): KubeObject[] {
  const hosts = NODE_ROLES.map((role) =>
    policy(`host-firewall-${role}`, {
      description: `What ${role} nodes let in. Begin with PolicyAuditMode of the host endpoint.`,
      nodeSelector: { matchExpressions: [{ key: CONTROL_PLANE_LABEL, operator: role === 'control-plane' ? 'Exists' : 'DoesNotExist' }] },
      ingress: [...ingress(spec, role, monitoring), echo()],
    }),
  );
  const metadata = policy('block-metadata', {
    description: 'Keeps every pod from the metadata services of clouds, and denies nothing else.',
    endpointSelector: {},
    enableDefaultDeny: { ingress: false, egress: false },
    egressDeny: [{ toCIDR: metadataRanges(spec.cluster).map(String) }],
  });
  return [...hosts, metadata];
}

function policy(name: string, spec: object): KubeObject {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name }, spec };
}

/** One rule for each way to say who, with all its ports. Cilium knows protocols without ports by other settings of its own. */
function ingress(spec: FirewallSpec, role: NodeRole, monitoring: PlatformPods | undefined): object[] {
  const rules = new Map<string, { readonly peers: Peers; readonly ports: object[] }>();
  for (const opening of hostOpenings(spec, role).filter(({ protocol }) => IP_PROTOCOLS[protocol].ports)) {
    for (const peers of opening.from.flatMap((source) => peersOf(source, spec, opening, monitoring))) {
      const rule = rules.get(JSON.stringify(peers)) ?? { peers, ports: [] };
      rules.set(JSON.stringify(peers), { peers, ports: [...rule.ports, portOf(opening)] });
    }
  }
  return [...rules.values()].map(({ peers, ports }) => ({ ...peers, toPorts: [{ ports }] }));
}

function portOf({ protocol, port, endPort }: HostOpening): object {
  return { port: String(port), ...(endPort === undefined ? {} : { endPort }), protocol: protocol.toUpperCase() };
}

/**
 * Who a class of sources is to Cilium. Nodes it knows are entities and match no range; a node that joins is not known yet and
 * is only its address, so both are needed.
 */
function peersOf(source: SourceClass, { cluster }: FirewallSpec, { family }: HostOpening, monitoring?: PlatformPods): Peers[] {
  const entities: Readonly<Partial<Record<SourceClass, readonly string[]>>> = {
    'control-plane': ['kube-apiserver'],
    nodes: ['remote-node'],
    anyone: ['all'],
  };
  const endpoints: Readonly<Partial<Record<SourceClass, readonly object[]>>> = {
    pods: [{}],
    metrics: [METRICS_SERVER, ...(monitoring ? [monitoring] : [])].map(endpointSelector),
  };
  const cidrs = addressesOf(source, cluster, family);
  const [fromEntities, fromEndpoints] = [entities[source], endpoints[source]];
  return [
    ...(fromEntities ? [{ fromEntities }] : []),
    ...(fromEndpoints ? [{ fromEndpoints }] : []),
    ...(fromEndpoints || source === 'anyone' || cidrs.length === 0 ? [] : [{ fromCIDR: cidrs }]),
  ];
}

function endpointSelector({ namespace, podLabels }: PlatformPods): object {
  const labels = Object.entries(podLabels).map(([key, value]) => [`k8s:${key}`, value]);
  return { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...Object.fromEntries(labels) } };
}

/** Ping, by the number of its type, which every version of Cilium reads. */
function echo(): object {
  const fields = [
    { family: 'IPv4', type: 8 },
    { family: 'IPv6', type: 128 },
  ];
  return { fromEntities: ['all'], icmps: [{ fields }] };
}
