import { dnsLabelProblem } from '../../manifest';
import type { ClusterProblem } from '../cluster-problems';
import type { ClusterSpec, NetworkPlugin } from '../cluster-spec';
import { IP_PROTOCOLS } from './firewall-section';
import type { ExtraPort, FirewallSection } from './firewall-section';
import { transportsOf } from './port-table';

type Cluster = Pick<ClusterSpec, 'hosts' | 'network'>;
/** What is checked of a firewall, the same in code and in a blueprint. */
export type CheckedFirewall = Partial<Omit<FirewallSection, 'apiServerPort' | 'nodeLocalDns'>> & { readonly hostPolicies?: boolean };

/** Network plugins with host policies that can be made from the port table. */
export const HOST_POLICY_PLUGINS = ['cilium', 'calico'] as const satisfies readonly NetworkPlugin[];
export type HostPolicyPlugin = (typeof HOST_POLICY_PLUGINS)[number];

/** What a firewall asks for that would shut everybody out, or would come to nothing. */
export function firewallProblems(firewall: CheckedFirewall, cluster: Cluster): ClusterProblem[] {
  return [
    ...admins(firewall, cluster),
    ...nodePorts(firewall, cluster),
    ...transports(firewall, cluster),
    ...hostPolicies(firewall, cluster),
    ...port('firewall.sshPort', firewall.sshPort),
    ...(firewall.extraPorts ?? []).flatMap((extra, index) => extraPort(`firewall.extraPorts.${index}`, extra)),
  ];
}

/** Nobody is shut out by an empty list that was forgotten. */
function admins({ withoutAdmins = false }: CheckedFirewall, { hosts }: Cluster): ClusterProblem[] {
  const named = (hosts.admins ?? []).length > 0;
  if (named === !withoutAdmins) {
    return [];
  }
  return named
    ? [
        {
          field: 'firewall.withoutAdmins',
          message: 'hosts.admins names administrators, who would be shut out',
          control: 'NET-11',
          remedy: 'Remove one of the two.',
        },
      ]
    : [
        {
          field: 'hosts.admins',
          message: 'it is empty, so that nobody could log in to the hosts any more',
          control: 'NET-11',
          remedy: 'Name the ranges that they are administered from, or say that nobody does: firewall.withoutAdmins: true.',
        },
      ];
}

function nodePorts(firewall: CheckedFirewall, { hosts }: Cluster): ClusterProblem[] {
  const message = 'NodePorts are open to load balancers, and hosts.loadBalancers names none';
  const remedy = 'Name the ranges of the load balancers, or remove it.';
  return firewall.nodePorts && (hosts.loadBalancers ?? []).length === 0
    ? [{ field: 'firewall.nodePorts', message, control: 'NET-06', remedy }]
    : [];
}

function transports(firewall: CheckedFirewall, { network }: Cluster): ClusterProblem[] {
  const known = transportsOf(network.plugin);
  const remedy = known.length > 0 ? `Use ${known.join(', ')}.` : 'Open its ports with firewall.extraPorts.';
  return (firewall.transports ?? []).flatMap((transport, index) =>
    known.includes(transport)
      ? []
      : [
          {
            field: `firewall.transports.${index}`,
            message: `the ports of '${transport}' are not known for the network plugin '${network.plugin}'`,
            control: 'NET-19',
            remedy,
          },
        ],
  );
}

function hostPolicies(firewall: CheckedFirewall, { network }: Cluster): ClusterProblem[] {
  const known = (HOST_POLICY_PLUGINS as readonly string[]).includes(network.plugin);
  const message = `the network plugin '${network.plugin}' has no host policies that are known here`;
  const remedy = 'Remove it: the firewall of the hosts does the same.';
  return firewall.hostPolicies && !known ? [{ field: 'firewall.hostPolicies', message, control: 'NET-11', remedy }] : [];
}

function extraPort(field: string, { name, port: first, endPort, protocol = 'tcp', from, why }: ExtraPort): ClusterProblem[] {
  const withPorts = IP_PROTOCOLS[protocol].ports;
  const problems: readonly (readonly [string, string | undefined, string])[] = [
    ['name', dnsLabelProblem(name), 'Call it by what listens there, such as node-exporter.'],
    ['port', withPorts && first === undefined ? `'${protocol}' is opened by port, and none is named` : undefined, 'Name the port.'],
    ['port', !withPorts && first !== undefined ? `'${protocol}' has no ports` : undefined, 'Remove it.'],
    ['endPort', endPort !== undefined && endPort <= (first ?? 0) ? 'it must be above port' : undefined, 'Correct it, or remove it.'],
    ['from', from.length === 0 ? 'it is empty: it would be open to nobody' : undefined, 'Say who may reach it.'],
    ['why', /\S/.test(why) && !/["\n\\]/.test(why) ? undefined : 'it must be one line of text, without quotes', 'Say why it is open.'],
  ];
  return [
    ...problems.flatMap(([key, message, remedy]): ClusterProblem[] =>
      message === undefined ? [] : [{ field: `${field}.${key}`, message, control: 'NET-11', remedy }],
    ),
    ...port(`${field}.port`, first),
    ...port(`${field}.endPort`, endPort),
  ];
}

function port(field: string, value: number | undefined): ClusterProblem[] {
  const fine = value === undefined || (Number.isInteger(value) && value > 0 && value < 65_536);
  return fine ? [] : [{ field, message: `${value} is not a port`, control: 'NET-11', remedy: 'Write a whole number from 1 to 65535.' }];
}
