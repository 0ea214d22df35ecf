import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import { CANDIDATE_RULES, HOST_FIREWALL_UNIT, hostFirewallScript } from './host-firewall-script';
import type { FirewallSpec } from './host-openings';
import { nftables } from './nftables';
import type { NodeRole } from './port-table';
import { securityGroupsFile } from './security-groups';

/**
 * What the firewall asks of hosts: on every node the rule set, the script that puts it in force, and the unit that loads what
 * was confirmed; for the operator the same openings as JSON. What takes no files is made from `hostOpenings`.
 */
export function firewallHostParts({ cluster, firewall }: ControlPlaneSpec): HostParts {
  if (firewall === undefined) {
    return {};
  }
  const spec = { cluster, firewall };
  return { files: [...NODE_ROLES.flatMap((role) => nodeFiles(spec, role)), securityGroupsFile(spec)] };
}

function nodeFiles(spec: FirewallSpec, role: NodeRole): NodeFile[] {
  const owner = 'root:root';
  return [
    { role, path: CANDIDATE_RULES, mode: '0600', owner, content: nftables(spec, role) },
    { role, path: '/usr/local/sbin/host-firewall', mode: '0755', owner, content: hostFirewallScript() },
    { role, path: '/etc/systemd/system/host-firewall.service', mode: '0644', owner, content: HOST_FIREWALL_UNIT },
  ];
}
