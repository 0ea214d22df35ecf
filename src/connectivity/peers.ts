import { AddressSet, Cidr, LabelSelector, recordOf, textOf, textsOf } from '../manifest';
import type { WireObject } from '../manifest';
import type { Endpoint } from './endpoint';

/** Whether an endpoint is one of those that a peer of a policy stands for. */
export type PeerTest = (endpoint: Endpoint) => boolean;

/** The test of an entry of `from` or `to`, in a policy of this namespace. What the API server would refuse stands for nobody. */
export function peerTest(peer: WireObject, namespace: string): PeerTest {
  if (peer['ipBlock'] !== undefined) {
    const block = addressesOf(recordOf(peer['ipBlock']));
    return ({ addresses }) => block.overlaps(addresses);
  }
  const namespaces = peer['namespaceSelector'] === undefined ? undefined : LabelSelector.parse(peer['namespaceSelector']);
  const pods = LabelSelector.parse(peer['podSelector']);
  if (namespaces === undefined && peer['podSelector'] === undefined) {
    return () => false;
  }
  return ({ pod }) =>
    pod !== undefined && (namespaces ? namespaces.matches(pod.namespaceLabels) : pod.namespace === namespace) && pods.matches(pod.labels);
}

function addressesOf({ cidr, except }: WireObject): AddressSet {
  try {
    return AddressSet.of([{ range: Cidr.parse(textOf(cidr) ?? ''), except: textsOf(except).map((one) => Cidr.parse(one)) }]);
  } catch {
    return AddressSet.of([]);
  }
}
