import type { NodeFile } from '../../manifest';
import { NODE_ROLES } from '../host-role';
import { IP_PROTOCOLS } from './firewall-section';
import { hostOpenings } from './host-openings';
import type { FirewallSpec } from './host-openings';
import type { NodeRole } from './port-table';

/** One ingress rule, in the terms that the security groups of the clouds have in common. */
export interface SecurityGroupRule {
  readonly role: NodeRole;
  /** Name of the protocol, or its number where clouds take the number only. */
  readonly protocol: string;
  /** Undefined for a protocol without ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrs: readonly string[];
  readonly description: string;
}

/** Where the table is, for whoever makes the cluster. */
export const SECURITY_GROUPS_FILE = '/firewall/security-groups.json';

/** What hosts let in, for the security groups of a cloud: made of the port table like the firewall of the hosts. */
export function securityGroups(spec: FirewallSpec): SecurityGroupRule[] {
  return NODE_ROLES.flatMap((role) => hostOpenings(spec, role)).map(({ role, name, protocol, port, endPort, cidrs, why, control }) => ({
    role,
    protocol: IP_PROTOCOLS[protocol].ports ? protocol : String(IP_PROTOCOLS[protocol].number),
    ...(port === undefined ? {} : { fromPort: port, toPort: endPort ?? port }),
    cidrs,
    description: `${name}: ${why} (${control})`,
  }));
}

/** The table as a file for the operator. */
export function securityGroupsFile(spec: FirewallSpec): NodeFile {
  const content = `${JSON.stringify(securityGroups(spec), undefined, 2)}\n`;
  return { role: 'operator', path: SECURITY_GROUPS_FILE, mode: '0644', owner: 'root:root', content };
}
