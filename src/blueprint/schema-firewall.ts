import { z } from 'zod';
import {
  DEFAULT_SSH_PORT,
  endpointProblem,
  IP_PROTOCOLS,
  NETWORK_PLUGINS,
  NODE_ROLES,
  POD_TRANSPORTS,
  SOURCE_CLASSES,
} from '../control-plane';
import type { IpProtocol } from '../control-plane';

// What an address or range must be is checked where all of them are known: `clusterProblems`.
const addresses = z.array(z.string());
const port = z.int().min(1).max(65_535);

/** `cluster.endpoint` of a blueprint. */
export const endpoint = z
  .string()
  .superRefine((value, context) => {
    const message = endpointProblem(value);
    if (message !== undefined) {
      context.addIssue({ code: 'custom', message });
    }
  })
  .describe('host:port at which nodes and people reach the API servers; with `hosts` and `network` it makes files for hosts');

/** `cluster.hosts` of a blueprint. */
export const hosts = z
  .strictObject({
    controlPlane: addresses.describe('Addresses of the control-plane nodes; where the provider runs them, the ranges that they come from'),
    nodes: addresses.describe('Ranges that all nodes are in, the control plane too'),
    admins: addresses.optional().describe('Ranges from which people administer the cluster'),
    loadBalancers: addresses.optional().describe('Ranges of load balancers in front of the API servers and of NodePorts'),
  })
  .describe('Addresses of the hosts, by what they are; needed by `firewall` and by files for hosts');

/** `cluster.network` of a blueprint. */
export const network = z
  .strictObject({
    pods: addresses.describe('Ranges of pods, at most one of each family'),
    services: addresses.describe('Ranges of Services, at most one of each family'),
    plugin: z.enum(NETWORK_PLUGINS).describe('Network plugin'),
  })
  .describe("The cluster's own networks; needed by `firewall` and by files for hosts");

const extraPort = z.strictObject({
  name: z.string().describe('What listens there'),
  port: port.optional().describe('The port, or the first of a range; none for a protocol without ports'),
  endPort: port.optional().describe('Last port of a range'),
  protocol: z
    .enum(Object.keys(IP_PROTOCOLS) as [IpProtocol])
    .default('tcp')
    .describe('Protocol'),
  from: z.array(z.enum(SOURCE_CLASSES)).describe('Who may reach it'),
  on: z.array(z.enum(NODE_ROLES)).min(1).optional().describe('Nodes that open it; every node unless given'),
  why: z.string().describe('Why it is open'),
});

/** `firewall` of a blueprint. */
export const firewall = z
  .strictObject({
    transports: z
      .array(z.enum(POD_TRANSPORTS))
      .optional()
      .describe("How pods' traffic goes between nodes; what the plugin does by default unless given"),
    nodePorts: z.boolean().default(false).describe('Whether load balancers may reach NodePorts'),
    sshPort: port.default(DEFAULT_SSH_PORT).describe('Port of SSH'),
    withoutAdmins: z.boolean().default(false).describe('Nobody administers the hosts over the network: SSH is closed'),
    hostPolicies: z.boolean().default(false).describe('The same table as policies of Cilium or Calico too'),
    extraPorts: z.array(extraPort).default([]).describe('Ports of your own'),
  })
  .optional()
  .describe('What hosts let in: a firewall on every node; none unless given');
