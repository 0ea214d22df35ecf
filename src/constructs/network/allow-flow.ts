import type { PlatformSettings } from '../../settings';
import { INSTANCE_LABEL } from '../metadata';
import type { IFlowEnd } from './flow-end';
import type { FlowPort } from './flow-port';
import { Peer } from './peer';

/**
 * Opens the way from `source` to `target`: egress in the policy of the source and ingress in that of the target, in one
 * call, since either alone leaves the way closed. A `Peer` has no policy here: then the other end alone is written.
 *
 * Ports are those given, else those that the target listens on, read at synth.
 *
 * @throws if both ends are peers, if a list of ports is empty, or if only one of the two workloads has a known namespace;
 * at synth, if the target listens on no port and none is given
 */
export function allowFlow(source: IFlowEnd | Peer, target: IFlowEnd | Peer, ports?: readonly FlowPort[]): void {
  if (source instanceof Peer && target instanceof Peer) {
    throw new Error(
      `a flow from ${source} to ${target} has no workload of this app at either end, ` +
        'so there is no policy to write it to. Name the workload.',
    );
  }
  if (ports?.length === 0) {
    throw new Error(
      `the flow from ${nameOf(source)} to ${nameOf(target)} has an empty list of ports, which would open every port. ` +
        'Give at least one FlowPort, or none for those of the target.',
    );
  }
  if (!(source instanceof Peer) && !(target instanceof Peer)) {
    refuseHalfKnownNamespaces(source, target);
  }
  const portsOf = (settings: PlatformSettings): readonly FlowPort[] => {
    const known = ports ?? (target instanceof Peer ? target._ports(settings) : target.flowPorts);
    if (known.length === 0) {
      throw new Error(
        `the flow from ${nameOf(source)} to ${nameOf(target)} has no port: ${nameOf(target)} names none. ` +
          'Pass ports: allowFlow(source, target, [FlowPort.tcp(8080)])' +
          (target instanceof Peer ? '.' : `, or give ${nameOf(target)} a 'port'.`),
      );
    }
    return known;
  };
  if (!(source instanceof Peer)) {
    source.networkPolicy._addEgress(peerOf(target), portsOf);
  }
  if (!(target instanceof Peer)) {
    target.networkPolicy._addIngress(peerOf(source), portsOf);
  }
}

function peerOf(end: IFlowEnd | Peer): Peer {
  // The namespace is always named where it is known: the rule stays the same when either end moves to another chart.
  return end instanceof Peer ? end : Peer.pods({ namespace: end.namespaceName, podLabels: { [INSTANCE_LABEL]: end.name } });
}

/** A rule without namespace means the policy's own: right when both are in one unknown namespace, else a guess. */
function refuseHalfKnownNamespaces(source: IFlowEnd, target: IFlowEnd): void {
  if ((source.namespaceName === undefined) !== (target.namespaceName === undefined)) {
    const lacking = source.namespaceName === undefined ? source : target;
    throw new Error(
      `the flow from ${nameOf(source)} to ${nameOf(target)} needs the namespace of ${nameOf(lacking)}. ` +
        "Put it into an IsolatedNamespace, or give its chart a 'namespace'.",
    );
  }
}

function nameOf(end: IFlowEnd | Peer): string {
  return end instanceof Peer ? end.description : end.node.path;
}
