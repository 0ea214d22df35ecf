import type { GeneratedFields } from '../../controls';
import { HARDENED_POD_FIELDS } from '../../synth';
import { API_TOKEN_SECONDS, LeastPrivilegeServiceAccount } from '../access';
import * as kplus from '../kplus';
import { INSTANCE_LABEL } from '../metadata';
import { allowFlow, FlowPort, Peer, WorkloadNetworkPolicy } from '../network';
import type { IFlowEnd } from '../network';
import { ContainerSize } from './container-size';
import { DEFAULT_CONTAINER_NAME, HardenedContainer } from './hardened-container';
import { SECRET_FILE_MODE } from './secret-file';
import { hardenWorkload } from './workload-hardening';
import type { WorkloadHardeningOptions } from './workload-hardening';

/** What every hardened workload can do beyond its cdk8s-plus class. */
export interface IHardenedWorkload extends IFlowEnd {
  /** Opens the way from here to each target, at both ends, on the target's ports. */
  allowTo(...targets: (IFlowEnd | Peer)[]): this;

  /** Opens the way from each source to here, at both ends, on this workload's ports. */
  allowFrom(...sources: (IFlowEnd | Peer)[]): this;

  /**
   * Called once by each class when its cdk8s-plus constructor has run.
   *
   * @internal
   */
  _harden(options: WorkloadHardeningOptions): void;
}

// A mixin's constructor takes `any[]` by TypeScript's own rule (TS2545).
type Constructor<T> = abstract new (...args: any[]) => T; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Requests of a plain cdk8s-plus container that names none, in place of its 1000m–1500m CPU and 512Mi–2Gi memory. */
const DEFAULT_RESOURCES = HardenedContainer.of({ image: '', size: ContainerSize.SMALL }).toContainerProps().resources;

const WORKLOAD_FIELDS: GeneratedFields = {
  ...HARDENED_POD_FIELDS,
  'POD-20': [
    { kind: 'Pod', field: 'spec.volumes[?].projected.sources[?].serviceAccountToken.expirationSeconds', value: API_TOKEN_SECONDS },
  ],
  'NET-04': [{ kind: 'NetworkPolicy', field: `spec.podSelector.matchLabels[${INSTANCE_LABEL}]` }],
  'NET-21': [{ kind: 'Pod', field: 'spec.volumes[?].secret.defaultMode', value: SECRET_FILE_MODE }],
  'AUTH-10': [{ kind: 'Pod', field: 'spec.serviceAccountName' }],
  'LOG-12': [
    { kind: 'Pod', field: 'spec.containers[].readinessProbe' },
    { kind: 'Pod', field: 'spec.containers[].livenessProbe' },
  ],
};

/**
 * What the five workload classes have in common, on top of their cdk8s-plus class: flows, one service account and
 * network policy each, one stable selector, hardened rendering. A mixin and not a base class, because each of them
 * extends the cdk8s-plus class that its users know.
 */
export function hardenedWorkload<T extends Constructor<kplus.Workload>>(
  Base: T,
): T & Constructor<IHardenedWorkload> & { readonly generates: GeneratedFields } {
  abstract class HardenedWorkload extends Base implements IHardenedWorkload {
    /** The controls it answers, and the fields that it sets for them. */
    public static readonly generates = WORKLOAD_FIELDS;

    /** The policy that holds this workload's flows; everything that is not in it is denied, both ways. */
    public networkPolicy!: WorkloadNetworkPolicy;

    /** Namespace of the pods; undefined where neither chart nor metadata names one. */
    public get namespaceName(): string | undefined {
      return this.metadata.namespace;
    }

    /** Ports that the containers listen on. */
    public get flowPorts(): FlowPort[] {
      return [...this.containers, ...this.initContainers].flatMap((container) =>
        container.ports.map((port) => (port.protocol === kplus.Protocol.UDP ? FlowPort.udp(port.number) : FlowPort.tcp(port.number))),
      );
    }

    public allowTo(...targets: (IFlowEnd | Peer)[]): this {
      targets.forEach((target) => allowFlow(this, target));
      return this;
    }

    public allowFrom(...sources: (IFlowEnd | Peer)[]): this {
      sources.forEach((source) => allowFlow(source, this));
      return this;
    }

    /** Adds a container; it gets the hardened shape like those given as props. */
    public override addContainer(container: kplus.ContainerProps): kplus.Container {
      this.refuseTaken(container.name ?? DEFAULT_CONTAINER_NAME);
      return super.addContainer({ resources: DEFAULT_RESOURCES, ...container });
    }

    /** Adds an init container; it gets the hardened shape like those given as props. */
    public override addInitContainer(container: kplus.ContainerProps): kplus.Container {
      if (container.name !== undefined) {
        this.refuseTaken(container.name);
      }
      return super.addInitContainer({ resources: DEFAULT_RESOURCES, ...container });
    }

    /** Selects the pods by their one stable label, where cdk8s-plus takes a hash of the construct's path. */
    public override toPodSelectorConfig(): kplus.PodSelectorConfig {
      const namespace = this.metadata.namespace;
      return {
        labelSelector: kplus.LabelSelector.of({ labels: { [INSTANCE_LABEL]: this.name } }),
        namespaces: namespace === undefined ? undefined : { names: [namespace] },
      };
    }

    /** @internal */
    public _harden(options: WorkloadHardeningOptions): void {
      hardenWorkload(this, options);
      this.networkPolicy = new WorkloadNetworkPolicy(this, 'network-policy', { workload: this.name, namespace: this.metadata.namespace });
      if (this.serviceAccount instanceof LeastPrivilegeServiceAccount && this.serviceAccount.needsApi) {
        this.allowTo(Peer.apiServer());
      }
    }

    /** Two containers of one name: cdk8s-plus takes them, the API server does not, and a patch by name would hit both. */
    private refuseTaken(name: string): void {
      if ([...this.containers, ...this.initContainers].some((container) => container.name === name)) {
        throw new Error(
          `[${this.node.path}] two containers are called '${name}' (control LOG-12: each is watched by its name). Give one of them another 'name'.`,
        );
      }
    }
  }
  return HardenedWorkload;
}
