import type { Construct } from 'constructs';
import * as kplus from '../kplus';
import { INSTANCE_LABEL } from '../metadata';
import { HardenedService } from '../network';
import { disruptionBudget } from './disruption-budget';
import { hardenedWorkload } from './hardened-workload';
import { prepareWorkload } from './prepare-workload';
import type { HardenedWorkloadProps } from './workload-props';

/** Replicas of a Deployment that names none, as in cdk8s-plus. */
export const DEFAULT_DEPLOYMENT_REPLICAS = 2;

/** Props of `HardenedDeployment`: those of cdk8s-plus and the hardened ones. */
export interface HardenedDeploymentProps extends kplus.DeploymentProps, HardenedWorkloadProps {
  /**
   * Port of the Service that the short form makes.
   *
   * @default - the same as `port`
   */
  readonly servicePort?: number;
}

/**
 * A Deployment that meets the guide: every container non-root, immutable, without privileges and bounded, a service
 * account and a network policy of its own, rolling updates without downtime, a disruption budget from two replicas.
 */
export class HardenedDeployment extends hardenedWorkload(kplus.Deployment) {
  /** The Service of the short form (`image` and `port`). */
  public readonly service?: HardenedService;

  public constructor(scope: Construct, id: string, props: HardenedDeploymentProps = {}) {
    const { name, base, hardening } = prepareWorkload(scope, id, props);
    super(scope, id, {
      strategy: kplus.DeploymentStrategy.rollingUpdate({
        maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
        maxSurge: kplus.PercentOrAbsolute.absolute(1),
      }),
      ...base,
    });
    this.select(kplus.LabelSelector.of({ labels: { [INSTANCE_LABEL]: name } }));
    this._harden(hardening);
    disruptionBudget(this, props.replicas ?? DEFAULT_DEPLOYMENT_REPLICAS);
    if (props.image !== undefined && props.port !== undefined) {
      this.service = this.exposeViaService({
        ports: [{ port: props.servicePort ?? props.port, targetPort: props.port, name: props.portName }],
      });
    }
  }

  /**
   * `name:port` of the Service, as other workloads of the namespace reach it.
   *
   * @throws if there is no Service
   */
  public get address(): string {
    if (!this.service) {
      throw new Error(
        `[${this.node.path}] has no address: it has no Service. Give 'image' and 'port', or call exposeViaService() and use its name.`,
      );
    }
    return `${this.service.name}:${this.service.port}`;
  }

  /** A Service of the Deployment's name for its ports. */
  public override exposeViaService(options: kplus.DeploymentExposeViaServiceOptions = {}): HardenedService {
    const ports =
      options.ports ??
      this.containers
        .flatMap((container) => container.ports)
        .map(({ number, name, protocol }) => ({ port: number, targetPort: number, name, protocol }));
    if (ports.length === 0) {
      throw new Error(`[${this.node.path}] cannot be exposed: no container has a port. Give a container a 'port', or pass 'ports'.`);
    }
    return new HardenedService(this, options.name ?? 'service', {
      metadata: { name: options.name ?? this.name, namespace: this.metadata.namespace },
      selector: this,
      ports,
      type: options.serviceType,
    });
  }
}
