import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterScoped, objectMetadata } from '../constructs';
import * as kplus from '../constructs/kplus';

/** Name of the PriorityClass that workloads get from the settings of a blueprint. */
export const PRIORITY_CLASS = 'standard';

/** Above the 0 of pods that name no class, far below those of Kubernetes itself. */
export const PRIORITY_VALUE = 1000;

/** A PriorityClass for workloads, which never pushes others off a node: no tenant takes capacity by calling itself important. */
export class PriorityStack extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const priorityClass = new kplus.k8s.KubePriorityClass(this, PRIORITY_CLASS, {
      metadata: objectMetadata(this, { name: PRIORITY_CLASS, component: 'priority' }),
      description: 'Priority of workloads. They wait for capacity, and do not take it from others.',
      globalDefault: false,
      preemptionPolicy: 'Never',
      value: PRIORITY_VALUE,
    });
    clusterScoped(priorityClass);
  }
}
