import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { GeneratedFields } from '../controls';
import { FlowPort, objectMetadata, Peer } from '../constructs';
import * as kplus from '../constructs/kplus';
import { PlatformSettings } from '../settings';

/** Namespaces that every cluster has, where nothing of a team's runs. */
export const EMPTY_SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public'] as const;

/** Port that metrics-server and the kubelets serve on. */
const KUBELET_PORT = 10250;

/** What must be known to deny by default in kube-system. */
export interface KubeSystemProps {
  /** Ranges of the nodes' addresses: where the kubelets are that metrics-server asks, and where pods on the host network ask DNS from. */
  readonly nodeCidrs: readonly string[];
  /** Ranges of the resolvers that cluster DNS asks. */
  readonly upstreamDns: readonly string[];
}

/** Props of `SystemNamespacesStack`. */
export interface SystemNamespacesStackProps {
  /**
   * Denies by default in kube-system too, and opens what cluster DNS and metrics-server need. The settings must name the
   * API servers. Anything else there that is not on the host network needs a policy of its own first.
   *
   * @default - kube-system is left alone
   */
  readonly kubeSystem?: KubeSystemProps;
}

/** A flow of a system component: who, and on which ports. */
interface SystemFlow {
  readonly peers: readonly (Peer | 'everywhere')[];
  readonly ports: readonly FlowPort[];
}

/**
 * Default-deny for the namespaces that Kubernetes makes itself (NET-03; Kubescape C-0054 looks there too), and no token
 * for their `default` service accounts. The Namespace objects are not touched.
 */
export class SystemNamespacesStack extends Construct {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-19': [{ kind: 'ServiceAccount', field: 'automountServiceAccountToken', value: false }],
    'NET-03': [{ kind: 'NetworkPolicy', field: 'metadata.name', value: 'default-deny' }],
    'NET-15': [{ kind: 'NetworkPolicy', field: 'metadata.namespace', value: 'kube-system' }],
  };

  public constructor(scope: Construct, id: string, props: SystemNamespacesStackProps = {}) {
    super(scope, id);
    for (const namespace of EMPTY_SYSTEM_NAMESPACES) {
      denyByDefault(new Chart(this, namespace, { namespace }));
    }
    if (props.kubeSystem) {
      kubeSystem(new Chart(this, 'kube-system', { namespace: 'kube-system' }), props.kubeSystem);
    }
  }
}

function denyByDefault(chart: Chart): void {
  new kplus.k8s.KubeNetworkPolicy(chart, 'default-deny', {
    metadata: objectMetadata(chart, { name: 'default-deny', component: 'network' }),
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
  new kplus.k8s.KubeServiceAccount(chart, 'default-service-account', {
    metadata: objectMetadata(chart, { name: 'default', component: 'access' }),
    automountServiceAccountToken: false,
  });
}

function kubeSystem(chart: Chart, { nodeCidrs, upstreamDns }: KubeSystemProps): void {
  const dnsPorts = [FlowPort.udp(53), FlowPort.tcp(53)];
  const nodes = nodeCidrs.map((cidr) => Peer.cidr(cidr));
  denyByDefault(chart);
  systemPolicy(chart, 'cluster-dns', {
    podLabels: () => PlatformSettings.of(chart).dns.podLabels,
    // No selector matches what is on the host network: NodeLocal DNSCache asks cluster DNS from the nodes' addresses (tigera/docs#550).
    ingress: [{ peers: ['everywhere', ...nodes], ports: dnsPorts }],
    egress: [
      { peers: [Peer.apiServer()], ports: [] },
      { peers: upstreamDns.map((cidr) => Peer.cidr(cidr)), ports: dnsPorts },
    ],
  });
  systemPolicy(chart, 'metrics-server', {
    podLabels: () => ({ 'k8s-app': 'metrics-server' }),
    ingress: [{ peers: [Peer.apiServer()], ports: [FlowPort.tcp(KUBELET_PORT)] }],
    egress: [
      { peers: [Peer.dns()], ports: [] },
      { peers: [Peer.apiServer()], ports: [] },
      { peers: nodes, ports: [FlowPort.tcp(KUBELET_PORT)] },
    ],
  });
}

/** The policy of a component that is not made here, so that it is selected by the labels that it is known to have. */
function systemPolicy(
  chart: Chart,
  name: string,
  flows: {
    readonly podLabels: () => Readonly<Record<string, string>>;
    readonly ingress: readonly SystemFlow[];
    readonly egress: readonly SystemFlow[];
  },
): void {
  new kplus.k8s.KubeNetworkPolicy(chart, name, {
    metadata: objectMetadata(chart, { name, component: 'network' }),
    spec: Lazy.any({
      produce: () => ({
        podSelector: { matchLabels: flows.podLabels() },
        policyTypes: ['Ingress', 'Egress'],
        ingress: flows.ingress.map((flow) => ({ from: entries(flow, chart), ports: portsOf(flow, chart) })),
        egress: flows.egress.map((flow) => ({ to: entries(flow, chart), ports: portsOf(flow, chart) })),
      }),
    }) as kplus.k8s.NetworkPolicySpec,
  });
}

function entries({ peers }: SystemFlow, chart: Chart): kplus.k8s.NetworkPolicyPeer[] {
  return peers.flatMap((peer) => (peer === 'everywhere' ? [{ namespaceSelector: {} }] : peer._toKube(PlatformSettings.of(chart))));
}

function portsOf({ peers, ports }: SystemFlow, chart: Chart): kplus.k8s.NetworkPolicyPort[] {
  const own = peers.flatMap((peer) => (peer === 'everywhere' ? [] : peer._ports(PlatformSettings.of(chart))));
  return (ports.length > 0 ? ports : own).map((port) => port._toKube());
}
