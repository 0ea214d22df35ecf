import { AddressSet, containersOf, identifiersOf, recordsOf, textOf } from '../manifest';
import type { Cidr, Labels, Manifest, PodSpec } from '../manifest';
import type { NamespaceInventory, Workload } from '../rules';
import { PORT_PROTOCOLS } from './port-set';
import type { PortRange } from './port-set';

/** A pod with an address of its own: what policies select. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  /** Its ports that have a name. */
  readonly namedPorts: ReadonlyMap<string, readonly PortRange[]>;
}

/** Where traffic begins or ends. */
export interface Endpoint {
  /** Such as `Deployment/shop/web`, `203.0.113.10/32`. */
  readonly name: string;
  /** The addresses that it may have. */
  readonly addresses: AddressSet;
  /** Undefined for what is no pod, and for a pod in the network of its host: policies do not select it. */
  readonly pod?: Pod;
}

/** The pods of a workload. */
export interface WorkloadEndpoint extends Endpoint {
  readonly manifest: Manifest;
  readonly namespace: string;
}

/** Makes an endpoint of what lies outside, such as the internet or a database: an address or a range of them. */
export function addressEndpoint(range: Cidr): Endpoint {
  return { name: String(range), addresses: AddressSet.ofRanges([range]) };
}

/** Makes an endpoint of a workload's pods. */
export function workloadEndpoint(
  { manifest, labels, spec }: Workload,
  { name, labels: namespaceLabels }: NamespaceInventory,
  addresses: AddressSet,
): WorkloadEndpoint {
  const pod = spec['hostNetwork'] === true ? undefined : { namespace: name, labels, namespaceLabels, namedPorts: namedPortsOf(spec) };
  return { name: `${manifest.object.kind}/${name}/${identifiersOf(manifest.object).name}`, namespace: name, manifest, addresses, pod };
}

function namedPortsOf(spec: PodSpec): Map<string, PortRange[]> {
  const named = new Map<string, PortRange[]>();
  for (const { name, containerPort, protocol } of containersOf(spec).flatMap((container) => recordsOf(container['ports']))) {
    const known = PORT_PROTOCOLS.find((one) => one === (protocol ?? 'TCP'));
    if (textOf(name) && typeof containerPort === 'number' && known) {
      named.set(name as string, [...(named.get(name as string) ?? []), { protocol: known, first: containerPort, last: containerPort }]);
    }
  }
  return named;
}
