import { firewallSection } from '../../../src/control-plane';
import type { FirewalledCluster, FirewallSpec, HostFirewallProps, NetworkPlugin } from '../../../src/control-plane';
import { PlatformSettings } from '../../../src/settings';
import type { Distribution, PlatformSettingsProps } from '../../../src/settings';

/** A cluster in which everything is right, the base of all examples. */
export const CLUSTER: FirewalledCluster = {
  name: 'shop',
  distribution: 'kubeadm',
  hosts: {
    controlPlane: ['10.0.10.11', 'fd00:10::11'],
    nodes: ['10.0.10.0/24', 'fd00:10::/64'],
    admins: ['10.0.0.0/28', 'fd00:a::/64'],
    loadBalancers: ['10.0.1.0/28', 'fd00:b::/64'],
  },
  network: { pods: ['10.244.0.0/16', 'fd00:244::/32'], services: ['10.96.0.0/12', 'fd00:96::/112'], plugin: 'cilium' },
};

/** What changes of it. */
export interface ClusterChange {
  readonly distribution?: Distribution;
  readonly hosts?: Partial<FirewalledCluster['hosts']>;
  readonly network?: Partial<FirewalledCluster['network']>;
}

export function cluster({ distribution = CLUSTER.distribution, hosts, network }: ClusterChange = {}): FirewalledCluster {
  return { ...CLUSTER, distribution, hosts: { ...CLUSTER.hosts, ...hosts }, network: { ...CLUSTER.network, ...network } };
}

/** A firewall for a cluster with these changes. */
export function firewallSpec(
  props: HostFirewallProps = {},
  change: ClusterChange & { readonly plugin?: NetworkPlugin } = {},
  settings: PlatformSettingsProps = {},
): FirewallSpec {
  const network = change.plugin ? { ...change.network, plugin: change.plugin } : change.network;
  return { cluster: cluster({ ...change, network }), firewall: firewallSection(props, PlatformSettings.from(settings)) };
}
