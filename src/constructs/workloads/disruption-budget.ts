import * as kplus from '../kplus';
import { INSTANCE_LABEL, objectMetadata } from '../metadata';

/** Replicas from which a node can be drained without the workload standing still. */
export const DISRUPTION_BUDGET_FROM_REPLICAS = 2;

/** A PodDisruptionBudget that lets one pod go at a time, and never holds a broken one back; none for a single replica. */
export function disruptionBudget(workload: kplus.Workload, replicas: number): void {
  if (replicas < DISRUPTION_BUDGET_FROM_REPLICAS) {
    return;
  }
  new kplus.k8s.KubePodDisruptionBudget(workload, 'disruption-budget', {
    metadata: { ...objectMetadata(workload, { name: workload.name, component: 'availability' }), namespace: workload.metadata.namespace },
    spec: {
      maxUnavailable: kplus.k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: { [INSTANCE_LABEL]: workload.name } },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
