import { AddressSet, Cidr } from '../manifest';
import type { Artifacts, Manifest } from '../manifest';
import { FOREIGN_NETWORK_POLICIES, Inventory, networkPoliciesIn, policyPortOf } from '../rules';
import type { Direction, NetworkPolicy, PolicyPort } from '../rules';
import { workloadEndpoint } from './endpoint';
import type { Endpoint, Pod, WorkloadEndpoint } from './endpoint';
import { peerTest } from './peers';
import type { PeerTest } from './peers';
import { PORT_PROTOCOLS, PortSet } from './port-set';

/** Where pods and hosts may have their addresses, if nobody says: what is private, and carrier-grade NAT, which some clouds use. */
export const PRIVATE_RANGES: readonly string[] = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/** What is known of the cluster beside its manifests. */
export interface ConnectivityOptions {
  /** Ranges that pods have their addresses from. @default - any private address */
  readonly podRanges?: readonly string[];
  /** Ranges that hosts have their addresses from, and pods in their network. @default - any private address */
  readonly nodeRanges?: readonly string[];
}

/** What the policies on one side of a flow say. */
export interface SideVerdict {
  /** The ports that this side lets through. */
  readonly ports: PortSet;
  /** Policies that isolate the pod in this direction, so that it is open only for what they name. None: everything is open. */
  readonly isolatedBy: readonly NetworkPolicy[];
  /** Those of them that open something for the other end. */
  readonly openedBy: readonly NetworkPolicy[];
}

/** Whether one endpoint reaches another, and why. */
export interface Reachability {
  /** The ports that both sides let through. */
  readonly ports: PortSet;
  readonly egress: SideVerdict;
  readonly ingress: SideVerdict;
}

/** A way that is open between the pods of two workloads. */
export interface OpenFlow {
  readonly from: WorkloadEndpoint;
  readonly to: WorkloadEndpoint;
  readonly ports: PortSet;
}

interface CompiledRule {
  /** Undefined: everybody. */
  readonly peers?: readonly PeerTest[];
  readonly ports: readonly PolicyPort[];
}

interface CompiledPolicy {
  readonly policy: NetworkPolicy;
  readonly rules: Readonly<Record<Direction, readonly CompiledRule[]>>;
}

const OPEN: SideVerdict = { ports: PortSet.EVERY, isolatedBy: [], openedBy: [] };

/**
 * Who reaches whom, as the NetworkPolicies of some manifests say: between pods, and between pods and addresses. Where network plugins
 * differ the answer is the more open one: an `ipBlock` with an address that a pod may have opens the way to that pod (some plugins
 * compare the addresses of pods with it, others never do).
 *
 * Not in it: a pod to itself and a host to its own pods, which are always open; the rules of hosts; Services, whose addresses are
 * those of pods by the time a policy looks.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Connectivity {
  /** Of everything that the artifacts make. */
  public static of(artifacts: Artifacts, options: ConnectivityOptions = {}): Connectivity {
    return new Connectivity(Inventory.of(artifacts), options);
  }

  /** The pods of every workload, in the order of the manifests. */
  public readonly workloads: readonly WorkloadEndpoint[];
  /** Policies of kinds that are not read here, such as CiliumNetworkPolicy: they may open less, and in some kinds more. */
  public readonly notRead: readonly Manifest[];
  private readonly policies: ReadonlyMap<string, readonly CompiledPolicy[]>;
  private readonly selecting = new WeakMap<Pod, readonly CompiledPolicy[]>();

  private constructor(inventory: Inventory, { podRanges = PRIVATE_RANGES, nodeRanges = PRIVATE_RANGES }: ConnectivityOptions) {
    const pods = addressesIn(podRanges);
    const nodes = addressesIn(nodeRanges);
    this.workloads = inventory.namespaces.flatMap((namespace) =>
      namespace.workloads.map((workload) => workloadEndpoint(workload, namespace, workload.spec['hostNetwork'] === true ? nodes : pods)),
    );
    this.notRead = inventory.of(FOREIGN_NETWORK_POLICIES);
    this.policies = new Map(
      inventory.namespaces.map((namespace) => [
        namespace.name,
        networkPoliciesIn(namespace).map((policy) => compile(policy, namespace.name)),
      ]),
    );
  }

  /** Whether one endpoint reaches another, on which ports, and which policies say so. */
  public reachable(from: Endpoint, to: Endpoint): Reachability {
    const egress = this.side('Egress', from, to, to.pod);
    const ingress = this.side('Ingress', to, from, to.pod);
    return { ports: egress.ports.intersect(ingress.ports), egress, ingress };
  }

  /** Every open way between workloads, for every ordered pair; of one to itself too: its pods among each other. */
  public flows(): OpenFlow[] {
    return this.workloads.flatMap((from) =>
      this.workloads.flatMap((to) => {
        const { ports } = this.reachable(from, to);
        return ports.isEmpty ? [] : [{ from, to, ports }];
      }),
    );
  }

  /** What the policies of one end say of the other. `target` is the pod that the traffic goes to, whose ports have names. */
  private side(direction: Direction, { pod }: Endpoint, other: Endpoint, target: Pod | undefined): SideVerdict {
    const isolating = pod ? this.policiesOf(pod).filter(({ policy }) => policy.directions.includes(direction)) : [];
    if (isolating.length === 0) {
      return OPEN;
    }
    const opened = isolating
      .map(({ policy, rules }) => ({ policy, ports: openedFor(rules[direction], other, target) }))
      .filter(({ ports }) => !ports.isEmpty);
    return {
      ports: opened.reduce((all, { ports }) => all.union(ports), PortSet.NONE),
      isolatedBy: isolating.map(({ policy }) => policy),
      openedBy: opened.map(({ policy }) => policy),
    };
  }

  private policiesOf(pod: Pod): readonly CompiledPolicy[] {
    const known = this.selecting.get(pod);
    const policies = known ?? (this.policies.get(pod.namespace) ?? []).filter(({ policy }) => policy.podSelector.matches(pod.labels));
    this.selecting.set(pod, policies);
    return policies;
  }
}

function addressesIn(ranges: readonly string[]): AddressSet {
  return AddressSet.ofRanges(ranges.map((range) => Cidr.parse(range)));
}

function compile(policy: NetworkPolicy, namespace: string): CompiledPolicy {
  const rulesOf = (wanted: Direction): CompiledRule[] =>
    policy.rules
      .filter(({ direction }) => direction === wanted)
      .map(({ peers, ports }) => ({
        peers: peers.length > 0 ? peers.map((peer) => peerTest(peer, namespace)) : undefined,
        ports: ports.map(policyPortOf),
      }));
  return { policy, rules: { Ingress: rulesOf('Ingress'), Egress: rulesOf('Egress') } };
}

function openedFor(rules: readonly CompiledRule[], other: Endpoint, target: Pod | undefined): PortSet {
  return rules
    .filter(({ peers }) => peers === undefined || peers.some((test) => test(other)))
    .reduce((all, { ports }) => all.union(portsOf(ports, target)), PortSet.NONE);
}

/** A port with a name is that of the pod which the traffic goes to: none, if it has no such port. */
function portsOf(ports: readonly PolicyPort[], target: Pod | undefined): PortSet {
  if (ports.length === 0) {
    return PortSet.EVERY;
  }
  return PortSet.of(
    ports.flatMap(({ name, protocol, first, last }) => {
      if (name !== undefined) {
        return (target?.namedPorts.get(name) ?? []).filter((port) => port.protocol === protocol);
      }
      const known = PORT_PROTOCOLS.find((one) => one === protocol);
      return known ? [{ protocol: known, first, last }] : [];
    }),
  );
}
