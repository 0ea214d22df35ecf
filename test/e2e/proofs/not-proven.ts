const NODES = 'it is seen on a node: a kubelet, a container runtime, files of a host';
const NETWORK = 'it is seen in the traffic of pods: a network plugin';
const PEOPLE = 'people do it, and no request shows it';
const OUTSIDE = 'it is outside the cluster: collectors, sinks, identity providers, clouds';

/** Why nothing here shows a control, by its id. Other tests and graders look at most of them. */
export const NOT_PROVEN: Readonly<Record<string, string>> = {
  'POD-01': PEOPLE,
  'POD-05': PEOPLE,
  'POD-06': OUTSIDE,
  'POD-21': NODES,
  'NET-01': NETWORK,
  'NET-04': NETWORK,
  'NET-05': NETWORK,
  'NET-09': NODES,
  'NET-10': NODES,
  'NET-11': NODES,
  'NET-12': NODES,
  'NET-15': NETWORK,
  'NET-16': NODES,
  'NET-18': NODES,
  'NET-19': NODES,
  'AUTH-03': NODES,
  'AUTH-12': PEOPLE,
  'LOG-04': OUTSIDE,
  'LOG-05': OUTSIDE,
  'LOG-06': OUTSIDE,
  'LOG-07': NODES,
  'LOG-08': NODES,
  'LOG-09': OUTSIDE,
  'LOG-10': OUTSIDE,
  'LOG-14': OUTSIDE,
  'LOG-15': OUTSIDE,
  'LOG-16': OUTSIDE,
  'LOG-17': OUTSIDE,
  'UPG-01': PEOPLE,
  'UPG-02': PEOPLE,
  'UPG-03': PEOPLE,
  'UPG-04': PEOPLE,
  'UPG-05': PEOPLE,
};
