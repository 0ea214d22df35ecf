import { clusterProblems } from '../../src/control-plane';
import { cluster } from './firewall/cluster';
import type { ClusterChange } from './firewall/cluster';

const told = (change: ClusterChange): string[] =>
  clusterProblems(cluster(change)).map(({ field, message, control, remedy }) => `${field} ${control}: ${message}. ${remedy}`);

it('has nothing to say of a cluster in which everything is right', () => expect(told({})).toEqual([]));

it.each<[string, ClusterChange, string[]]>([
  [
    'a range where etcd needs addresses',
    { hosts: { controlPlane: ['10.0.10.0/29'] } },
    [
      "hosts.controlPlane.0 NET-16: '10.0.10.0/29' is a range, and etcd is open to every address of it. Name the address of each of the control-plane nodes, such as 192.0.2.10.",
    ],
  ],
  [
    'an address where a range is needed',
    { hosts: { admins: ['10.0.0.5', 'fd00:a::5'] } },
    [
      "hosts.admins.0 NET-11: '10.0.0.5' is not a range of addresses. For this one address, write '10.0.0.5/32'.",
      "hosts.admins.1 NET-11: 'fd00:a::5' is not a range of addresses. For this one address, write 'fd00:a::5/128'.",
    ],
  ],
  [
    'everything',
    { hosts: { admins: ['0.0.0.0/0', '::/0'] } },
    ['0.0.0.0/0', '::/0'].map(
      (range, index) => `hosts.admins.${index} NET-12: '${range}' is every address there is. Name the ranges of the administrators.`,
    ),
  ],
  [
    'bits of a host',
    { hosts: { admins: ['10.0.0.1/28'] } },
    ["hosts.admins.0 NET-11: '10.0.0.1/28' is not in the canonical form, so readers could differ on what it means. Write '10.0.0.0/28'."],
  ],
  [
    'another spelling of IPv6',
    { hosts: { controlPlane: ['fd00:10:0::11'] } },
    [
      "hosts.controlPlane.0 NET-11: 'fd00:10:0::11/128' is not in the canonical form, so readers could differ on what it means. Write 'fd00:10::11/128'.",
    ],
  ],
  [
    'a name',
    { hosts: { controlPlane: ['cp.example.com'] } },
    ["hosts.controlPlane.0 NET-11: 'cp.example.com/128' is not a range of addresses in CIDR form. Write an address such as 192.0.2.10."],
  ],
  [
    'an empty list that is needed',
    { network: { pods: [] } },
    ['network.pods NET-11: it is empty: the pods would be shut out. Name the addresses of the pods.'],
  ],
  [
    'pods that are also administrators',
    { hosts: { admins: ['10.244.0.0/24'] } },
    [
      'network.pods.0 NET-11: 10.244.0.0/16 overlaps 10.244.0.0/24 (hosts.admins.0): what is opened for the pods would be open for the administrators too. Give the pods and the administrators ranges of their own.',
    ],
  ],
  [
    'Services within the nodes',
    { network: { services: ['10.0.10.128/25', 'fd00:96::/112'] } },
    [
      'network.services.0 NET-11: 10.0.10.128/25 overlaps 10.0.10.0/24 (hosts.nodes.0): what is opened for the Services would be open for the nodes too. Give the Services and the nodes ranges of their own.',
    ],
  ],
  [
    'one range twice',
    { hosts: { admins: ['10.0.0.0/28', '10.0.0.0/28'] } },
    ['hosts.admins.1 NET-11: 10.0.0.0/28 and 10.0.0.0/28 (hosts.admins.0) overlap. Keep the one that is meant.'],
  ],
  [
    'a range within another',
    { hosts: { loadBalancers: ['10.0.1.0/28', '10.0.1.8/32'] } },
    ['hosts.loadBalancers.1 NET-11: 10.0.1.8/32 and 10.0.1.0/28 (hosts.loadBalancers.0) overlap. Keep the one that is meant.'],
  ],
  [
    'a control-plane node outside of the nodes',
    { hosts: { controlPlane: ['10.0.11.11'] } },
    [
      'hosts.controlPlane.0 NET-11: 10.0.11.11 is in no range of hosts.nodes: other nodes would not let it in. Add its range to hosts.nodes.',
    ],
  ],
  [
    'pods of a family that Services lack',
    { network: { services: ['10.96.0.0/12'] } },
    ['network.services NET-11: it has no IPv6 range, but network.pods has one. Add the IPv6 range, or take it out of network.pods.'],
  ],
  [
    'pods of a family that nodes lack',
    { hosts: { nodes: ['10.0.10.0/24'], controlPlane: ['10.0.10.11'] } },
    ['hosts.nodes NET-11: it has no IPv6 range, but network.pods has one. Add the IPv6 range, or take it out of network.pods.'],
  ],
  [
    'Services of a family that pods lack',
    { network: { pods: ['10.244.0.0/16'] } },
    ['network.pods NET-11: it has no IPv6 range, but network.services has one. Add the IPv6 range, or take it out of network.services.'],
  ],
  [
    'two ranges of one family',
    { network: { pods: ['10.244.0.0/16', '10.245.0.0/16', 'fd00:244::/32'] } },
    ['network.pods NET-11: it has two IPv4 ranges. Kubernetes takes one of each family.'],
  ],
])('refuses %s', (_what, change, problems) => expect(told(change)).toEqual(problems));

it('takes a load balancer that runs on the nodes', () => {
  expect(told({ hosts: { loadBalancers: ['10.0.10.11/32'] } })).toEqual([]);
});

it('takes ranges as the control plane where the provider runs it, and asks for no place among the nodes', () => {
  expect(told({ distribution: 'gke', hosts: { controlPlane: ['172.16.0.0/28'] } })).toEqual([]);
});

it('takes a cluster of one family, either of them', () => {
  expect(
    told({
      hosts: { controlPlane: ['fd00:10::11'], nodes: ['fd00:10::/64'], admins: undefined, loadBalancers: undefined },
      network: { pods: ['fd00:244::/32'], services: ['fd00:96::/112'] },
    }),
  ).toEqual([]);
});
