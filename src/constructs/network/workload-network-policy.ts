import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import { assessItself, rememberSource } from '../../synth';
import * as kplus from '../kplus';
import { INSTANCE_LABEL, objectMetadata } from '../metadata';
import type { FlowPort } from './flow-port';
import { Peer } from './peer';

/** Ports of a flow, known at synth: containers and settings may still come after the flow was declared. */
type PortsAtSynth = (settings: PlatformSettings) => readonly FlowPort[];

interface Flow {
  readonly peer: Peer;
  readonly ports: PortsAtSynth;
}

/** Props of `WorkloadNetworkPolicy`. */
export interface WorkloadNetworkPolicyProps {
  /** Name of the workload: the policy has the same, and selects the pods whose `app.kubernetes.io/instance` it is. */
  readonly workload: string;
  /**
   * Namespace of the workload.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;
}

/**
 * The NetworkPolicy of one workload: what is not declared is denied, both ways (NET-03, NET-04). DNS is always open.
 * Flows keep the order in which they were declared; the same flow twice is one rule.
 */
export class WorkloadNetworkPolicy extends Construct {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-03': [{ kind: 'NetworkPolicy', field: 'spec.policyTypes', value: ['Ingress', 'Egress'] }],
    'NET-04': [{ kind: 'NetworkPolicy', field: 'spec.egress[].ports' }],
    'NET-05': [{ kind: 'NetworkPolicy', field: 'spec.egress[?].to[?].ipBlock.cidr' }],
    'NET-26': [{ kind: 'NetworkPolicy', field: 'spec.egress[?].to[?].ipBlock.except' }],
  };

  private readonly ingress: Flow[] = [];
  private readonly egress: Flow[] = [{ peer: Peer.dns(), ports: (settings) => Peer.dns()._ports(settings) }];

  public constructor(scope: Construct, id: string, props: WorkloadNetworkPolicyProps) {
    super(scope, id);
    rememberSource(this);
    new kplus.k8s.KubeNetworkPolicy(this, 'Default', {
      metadata: { ...objectMetadata(this, { name: props.workload, component: 'network' }), namespace: props.namespace },
      spec: Lazy.any({ produce: () => this.spec(props.workload) }) as unknown as kplus.k8s.NetworkPolicySpec,
    });
    assessItself(this);
  }

  /** Lets the peer reach the workload on these ports. One end only: `allowFlow` writes both. @throws if there is no port */
  public addIngress(source: Peer, ports: readonly FlowPort[]): void {
    this._addIngress(source, this.given(ports, source));
  }

  /** Lets the workload reach the peer on these ports. One end only: `allowFlow` writes both. @throws if there is no port */
  public addEgress(target: Peer, ports: readonly FlowPort[]): void {
    this._addEgress(target, this.given(ports, target));
  }

  /** @internal */
  public _addIngress(peer: Peer, ports: PortsAtSynth): void {
    this.ingress.push({ peer, ports });
  }

  /** @internal */
  public _addEgress(peer: Peer, ports: PortsAtSynth): void {
    this.egress.push({ peer, ports });
  }

  /** An empty list of ports means every port to Kubernetes. */
  private given(ports: readonly FlowPort[], peer: Peer): PortsAtSynth {
    if (ports.length === 0) {
      throw new Error(`[${this.node.path}] the flow with ${peer} has no port, which would open every port. Give at least one FlowPort.`);
    }
    return () => ports;
  }

  private spec(workload: string): kplus.k8s.NetworkPolicySpec {
    const ingress = this.rules(this.ingress).map(({ peers, ports }) => ({ from: peers, ports }));
    return {
      podSelector: { matchLabels: { [INSTANCE_LABEL]: workload } },
      policyTypes: ['Ingress', 'Egress'],
      // Nobody declared: the field stays away, which denies. An invented source would only please a scanner.
      ...(ingress.length > 0 ? { ingress } : {}),
      egress: this.rules(this.egress).map(({ peers, ports }) => ({ to: peers, ports })),
    };
  }

  private rules(flows: readonly Flow[]): { peers: kplus.k8s.NetworkPolicyPeer[]; ports: kplus.k8s.NetworkPolicyPort[] }[] {
    const settings = PlatformSettings.of(this);
    const rules = new Map(
      flows.map(({ peer, ports }) => {
        const rule = { peers: this.resolve(() => peer._toKube(settings)), ports: distinct(this.resolve(() => ports(settings))) };
        return [JSON.stringify(rule), { peers: rule.peers, ports: rule.ports.map((port) => port._toKube()) }];
      }),
    );
    return [...rules.values()];
  }

  /** Adds where it happened to what went wrong. */
  private resolve<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw new Error(`[${this.node.path}] ${(error as Error).message}`, { cause: error });
    }
  }
}

function distinct(ports: readonly FlowPort[]): FlowPort[] {
  return [...new Map(ports.map((port) => [port.toString(), port])).values()];
}
