import type { Node } from 'constructs';
import type { FlowPort } from './flow-port';
import type { WorkloadNetworkPolicy } from './workload-network-policy';

/** A workload as one end of a flow. Every hardened workload is one. */
export interface IFlowEnd {
  /** `metadata.name` of the workload, which is also the value of the label `app.kubernetes.io/instance` on its pods. */
  readonly name: string;
  readonly node: Node;
  /** Where its flows are written. */
  readonly networkPolicy: WorkloadNetworkPolicy;
  /** Ports that its pods listen on. */
  readonly flowPorts: readonly FlowPort[];
  /** Namespace of the pods; undefined where nothing in the tree says so. */
  readonly namespaceName: string | undefined;
}

/** Whether a construct is a hardened workload. */
export function isFlowEnd(value: unknown): value is IFlowEnd {
  return (
    typeof value === 'object' && value !== null && 'networkPolicy' in value && value.networkPolicy !== undefined && 'flowPorts' in value
  );
}
