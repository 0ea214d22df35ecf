import type { ControlPlaneSpec } from '../control-plane-spec';
import { hostOpenings } from '../firewall';
import type { HostOpening, NodeRole } from '../firewall';

/** The firewall as documents: everything is blocked but what a rule lets in. Replies, loopback and ICMP Talos lets in by itself. */
export function talosFirewall({ cluster, firewall }: ControlPlaneSpec, role: NodeRole): object[] {
  return firewall === undefined
    ? []
    : [
        { apiVersion: 'v1alpha1', kind: 'NetworkDefaultActionConfig', ingress: 'block' },
        ...hostOpenings({ cluster, firewall }, role).map(rule),
      ];
}

/** @throws for a protocol without ports, which Talos has no rules for */
function rule({ name, protocol, port, endPort, cidrs }: HostOpening): object {
  if (port === undefined) {
    throw new Error(
      `Talos: its firewall opens ports of TCP and UDP, and '${name}' is ${protocol} (control NET-11). Let pods' traffic go by vxlan or wireguard (firewall.transports).`,
    );
  }
  return {
    apiVersion: 'v1alpha1',
    kind: 'NetworkRuleConfig',
    name: `${name}-${protocol}`,
    portSelector: { ports: [endPort === undefined ? port : `${port}-${endPort}`], protocol },
    ingress: cidrs.map((subnet) => ({ subnet })),
  };
}
