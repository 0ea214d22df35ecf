import type { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { assessItself, rememberSource } from '../../synth';
import * as kplus from '../kplus';
import { nameFromId, objectMetadata } from '../metadata';
import { isFlowEnd } from './flow-end';
import type { IFlowEnd } from './flow-end';

/** Props of `HardenedService`: those of cdk8s-plus and what a load balancer needs. */
export interface HardenedServiceProps extends kplus.ServiceProps {
  /**
   * Whether a LoadBalancer also opens a port on every node, as some load balancers need.
   *
   * @default false
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
}

/**
 * A Service with a stable name, named ports with their target spelt out, inside the cluster unless it says otherwise.
 * A LoadBalancer keeps the client's address, so that its source ranges and the policies see it. What opens a way past
 * ingress (NodePort, external IPs, a LoadBalancer for everyone) stays as written and is a finding of NET-06.
 */
export class HardenedService extends kplus.Service {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-06': [
      { kind: 'Service', field: 'spec.allocateLoadBalancerNodePorts', value: false },
      { kind: 'Service', field: 'spec.externalTrafficPolicy', value: 'Local' },
    ],
  };

  // Only declared: the constructor of cdk8s-plus calls `select` before fields here would be initialised.
  declare private selected?: kplus.IPodSelector;
  private readonly allocateLoadBalancerNodePorts: boolean;

  public constructor(scope: Construct, id: string, props: HardenedServiceProps = {}) {
    const metadata = objectMetadata(scope, { name: props.metadata?.name ?? nameFromId(scope, id), component: 'network' });
    super(scope, id, { ...props, metadata: { ...metadata, ...props.metadata, labels: { ...metadata.labels, ...props.metadata?.labels } } });
    this.allocateLoadBalancerNodePorts = props.allocateLoadBalancerNodePorts ?? false;
    rememberSource(this);
    assessItself(this);
  }

  /** The hardened workload behind it; undefined when it selects something else. */
  public get workload(): IFlowEnd | undefined {
    return isFlowEnd(this.selected) ? this.selected : undefined;
  }

  /** Selects the pods; a hardened workload by its one stable label. */
  public override select(selector: kplus.IPodSelector): void {
    this.selected = selector;
    super.select(selector);
  }

  /** @internal called by cdk8s-plus at synth, so ports bound later are covered too */
  public override _toKube(): kplus.k8s.ServiceSpec {
    const spec = super._toKube();
    if (this.type === kplus.ServiceType.EXTERNAL_NAME) {
      return spec;
    }
    return {
      ...spec,
      externalIPs: spec.externalIPs?.length ? spec.externalIPs : undefined, // an empty list still reads as a use of the field
      ports: spec.ports?.map((port) => {
        const protocol = port.protocol ?? 'TCP';
        return {
          ...port,
          protocol,
          name: port.name ?? portName(port.port, protocol),
          targetPort: port.targetPort ?? kplus.k8s.IntOrString.fromNumber(port.port),
        };
      }),
      ...(this.type === kplus.ServiceType.LOAD_BALANCER
        ? { externalTrafficPolicy: 'Local', allocateLoadBalancerNodePorts: this.allocateLoadBalancerNodePorts }
        : {}),
    };
  }
}

/** `port-8080`, `port-53-udp`: a name that says nothing of the protocol inside, since service meshes believe it. */
function portName(port: number, protocol: string): string {
  return `port-${port}${protocol === 'TCP' ? '' : `-${protocol.toLowerCase()}`}`;
}
