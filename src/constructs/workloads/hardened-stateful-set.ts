import type { Construct } from 'constructs';
import * as kplus from '../kplus';
import { INSTANCE_LABEL } from '../metadata';
import { HardenedService } from '../network';
import { disruptionBudget } from './disruption-budget';
import { hardenedWorkload } from './hardened-workload';
import type { PersistentStorage } from './persistent-storage';
import { prepareWorkload } from './prepare-workload';
import type { HardenedWorkloadProps } from './workload-props';

/** Replicas of a StatefulSet that names none, as in cdk8s-plus. */
export const DEFAULT_STATEFUL_SET_REPLICAS = 1;

/** Props of `HardenedStatefulSet`: those of cdk8s-plus and the hardened ones. */
export interface HardenedStatefulSetProps extends kplus.StatefulSetProps, HardenedWorkloadProps {
  /**
   * Volumes that outlive the pods, mounted in the first container.
   *
   * @default - none: what is written is lost with the pod
   */
  readonly storage?: readonly PersistentStorage[];
}

/** A StatefulSet that meets the guide, with a headless Service of its name. See `HardenedDeployment`. */
export class HardenedStatefulSet extends hardenedWorkload(kplus.StatefulSet) {
  private readonly headless: kplus.Service;

  public constructor(scope: Construct, id: string, props: HardenedStatefulSetProps = {}) {
    const { name, base, hardening } = prepareWorkload(scope, id, props);
    const service = props.service ?? headlessService(scope, id, name, base);
    super(scope, id, { ...base, service });
    this.headless = service;
    this.select(kplus.LabelSelector.of({ labels: { [INSTANCE_LABEL]: name } }));
    this._harden({ ...hardening, storage: props.storage });
    disruptionBudget(this, props.replicas ?? DEFAULT_STATEFUL_SET_REPLICAS);
  }

  /** `name:port` of the Service, as other workloads of the namespace reach it. */
  public get address(): string {
    return `${this.headless.name}:${this.headless.port}`;
  }
}

function headlessService(scope: Construct, id: string, name: string, { containers = [], metadata }: kplus.WorkloadProps): HardenedService {
  const ports = containers.flatMap((container) => [
    ...(container.portNumber === undefined ? [] : [{ number: container.portNumber }]),
    ...(container.ports ?? []),
  ]);
  if (ports.length === 0) {
    throw new Error(
      `[${[scope.node.path, id].filter(Boolean).join('/')}] a StatefulSet needs a Service, and no container has a port. Give a container a 'port', or pass 'service'.`,
    );
  }
  return new HardenedService(scope, `${id}-service`, {
    metadata: { name, namespace: metadata?.namespace },
    clusterIP: 'None',
    ports: ports.map((port: kplus.ContainerPort) => ({
      port: port.number,
      targetPort: port.number,
      name: port.name,
      protocol: port.protocol,
    })),
  });
}
