import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { FlowPort, WorkloadNetworkPolicy } from '../../../src/constructs/network';
import type { IFlowEnd } from '../../../src/constructs/network';
import type { KubeObject } from '../../../src/manifest';

/** The least that has a network policy. */
export class TestWorkload extends Construct implements IFlowEnd {
  public readonly networkPolicy: WorkloadNetworkPolicy;

  public constructor(
    scope: Construct,
    public readonly name: string,
    public flowPorts: readonly FlowPort[] = [FlowPort.tcp(8080)],
  ) {
    super(scope, name);
    this.networkPolicy = new WorkloadNetworkPolicy(this, 'network-policy', { workload: name });
  }

  public get namespaceName(): string | undefined {
    return Chart.of(this).namespace;
  }
}

/** An empty chart for namespace `shop`. */
export function shopChart(): Chart {
  return new Chart(Testing.app(), 'test', { namespace: 'shop' });
}

/** All that the chart renders. */
export function synth(chart: Chart): KubeObject[] {
  return Testing.synth(chart) as KubeObject[];
}

/** The one object of the kind and name. */
export function find(chart: Chart, kind: string, name: string): KubeObject {
  const found = synth(chart).filter((object) => object.kind === kind && object.metadata.name === name);
  expect(found).toHaveLength(1);
  return found[0] as KubeObject;
}

/** Rules of the policy of a workload without the one for DNS that every policy starts with. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- wire format
export function flowsOf(chart: Chart, name: string): { ingress: any[]; egress: any[] } {
  const { spec } = find(chart, 'NetworkPolicy', name);
  return { ingress: spec.ingress ?? [], egress: spec.egress.slice(1) };
}
