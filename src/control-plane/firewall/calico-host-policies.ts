import type { KubeObject } from '../../manifest';
import { NODE_ROLES } from '../host-role';
import { IP_PROTOCOLS } from './firewall-section';
import { hostOpenings, metadataRanges } from './host-openings';
import type { FirewallSpec, HostOpening } from './host-openings';
import { NODE_PORTS } from './port-table';
import type { NodeRole } from './port-table';

/** Tier of these policies, before those of tenants. Names of policies begin with it. */
export const CALICO_TIER = 'host-firewall';

/** Label of control-plane nodes, which kubeadm, k3s and RKE2 set; automatic host endpoints have the labels of their node. */
const CONTROL_PLANE_LABEL = 'node-role.kubernetes.io/control-plane';

/** Host endpoints that Calico makes by itself, one a node; they let everything through until a policy selects them. */
const HOST_ENDPOINTS = "projectcalico.org/created-by == 'calico-kube-controllers'";

/**
 * The port table as Calico has it: automatic host endpoints, failsafe ports that are open only to whom they are meant for
 * (by default SSH and etcd are open to everyone, whatever policies say), a policy for each role, NodePorts before they are
 * rewritten, and metadata services. In the order in which they are applied. See docs/firewall.md.
 */
export function calicoHostPolicies(spec: FirewallSpec): KubeObject[] {
  return [
    resource('FelixConfiguration', 'default', { failsafeInboundHostPorts: failsafePorts(spec) }),
    resource('Tier', CALICO_TIER, { order: 100 }),
    ...NODE_ROLES.map((role) => hostPolicy(spec, role)),
    globalPolicy('node-ports', 20, {
      selector: HOST_ENDPOINTS,
      preDNAT: true,
      applyOnForward: true,
      types: ['Ingress'],
      ingress: nodePorts(spec),
    }),
    globalPolicy('block-metadata', 30, {
      namespaceSelector: 'all()',
      types: ['Egress'],
      egress: [{ action: 'Deny', destination: { nets: metadataRanges(spec.cluster).map(String) } }, { action: 'Pass' }],
    }),
    // Last: from here on the policies have something to select.
    resource('KubeControllersConfiguration', 'default', { controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } } }),
  ];
}

function resource(kind: string, name: string, spec: object): KubeObject {
  return { apiVersion: 'projectcalico.org/v3', kind, metadata: { name }, spec };
}

function globalPolicy(name: string, order: number, spec: object): KubeObject {
  return resource('GlobalNetworkPolicy', `${CALICO_TIER}.${name}`, { tier: CALICO_TIER, order, ...spec });
}

function hostPolicy(spec: FirewallSpec, role: NodeRole): KubeObject {
  const label = role === 'control-plane' ? `has(${CONTROL_PLANE_LABEL})` : `!has(${CONTROL_PLANE_LABEL})`;
  return globalPolicy(role, 10, {
    selector: `${HOST_ENDPOINTS} && ${label}`,
    types: ['Ingress'],
    ingress: [
      ...hostOpenings(spec, role).map(allow),
      { action: 'Allow', protocol: 'ICMP' },
      { action: 'Allow', protocol: 'ICMPv6' },
      { action: 'Deny' },
    ],
  });
}

function allow(opening: HostOpening): object {
  return {
    action: 'Allow',
    ...(opening.family === undefined ? {} : { ipVersion: opening.family === 'ipv4' ? 4 : 6 }),
    protocol: IP_PROTOCOLS[opening.protocol].ports ? opening.protocol.toUpperCase() : IP_PROTOCOLS[opening.protocol].number,
    ...source(opening),
    ...(opening.port === undefined ? {} : { destination: { ports: [portRange(opening)] } }),
    metadata: { annotations: { name: opening.name } },
  };
}

/** Nothing where everyone is meant. */
function source({ from, cidrs }: HostOpening): object {
  return from.includes('anyone') ? {} : { source: { nets: cidrs } };
}

function portRange({ port, endPort }: Pick<HostOpening, 'port' | 'endPort'>): number | string | undefined {
  return endPort === undefined ? port : `${port}:${endPort}`;
}

function nodePorts(spec: FirewallSpec): object[] {
  const open = hostOpenings(spec, 'worker').filter(({ name }) => name === 'node-ports');
  return [
    ...open.map(allow),
    ...['TCP', 'UDP', 'SCTP'].map((protocol) => ({ action: 'Deny', protocol, destination: { ports: [portRange(NODE_PORTS)] } })),
  ];
}

/** Failsafe ports of both roles in one list, since there is one configuration for all nodes. */
function failsafePorts(spec: FirewallSpec): object[] {
  const ports = new Map<string, object>();
  for (const { protocol, port, endPort = port, cidrs, failsafe } of NODE_ROLES.flatMap((role) => hostOpenings(spec, role))) {
    for (const each of failsafe && port !== undefined ? range(port, endPort as number) : []) {
      cidrs.forEach((net) => ports.set(`${protocol} ${each} ${net}`, { protocol, port: each, net }));
    }
  }
  return [...ports.values()];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
