import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectMetadata } from '../constructs';
import { calicoHostPolicies, ciliumHostPolicies, firewallSection, HostFirewall, refuseFirewallProblems } from '../control-plane';
import type { FirewalledCluster, HostFirewallProps } from '../control-plane';
import type { GeneratedFields } from '../controls';
import type { KubeObject } from '../manifest';
import { PlatformSettings } from '../settings';

/** Props of `FirewallStack`. */
export interface FirewallStackProps extends HostFirewallProps {
  /** Addresses of the hosts and of the cluster's networks. */
  readonly cluster: FirewalledCluster;
  /**
   * The same port table as policies of Cilium or Calico, which must be the network plugin. They are enforced as soon as they
   * are applied, unless the plugin audits first: see docs/firewall.md.
   *
   * @default false
   */
  readonly hostPolicies?: boolean;
}

/** What the hosts let in: files for the hosts, by the control plane, and on request host policies of the network plugin. */
export class FirewallStack extends Chart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-11': [{ kind: 'CiliumClusterwideNetworkPolicy', field: 'spec.ingress[?].toPorts' }],
    'NET-12': [{ kind: 'CiliumClusterwideNetworkPolicy', field: 'spec.ingress[?].fromCIDR' }],
    'NET-16': [{ kind: 'FelixConfiguration', field: 'spec.failsafeInboundHostPorts[].net' }],
    'NET-19': [{ kind: 'GlobalNetworkPolicy', field: 'spec.preDNAT', value: true }],
    'NET-26': [{ kind: 'CiliumClusterwideNetworkPolicy', field: 'spec.egressDeny[].toCIDR' }],
  };

  private readonly props: FirewallStackProps;

  /** @throws with every problem of the addresses and the firewall */
  public constructor(scope: Construct, id: string, props: FirewallStackProps) {
    super(scope, id);
    this.props = props;
    const { cluster, hostPolicies = false, ...firewall } = props;
    refuseFirewallProblems({ cluster, firewall: props });
    new HostFirewall(this, 'host-firewall', firewall);
    // Which objects there are depends on the plugin alone; what they say depends on settings too, so it is asked at synth.
    (hostPolicies ? this.policies() : []).forEach(({ apiVersion, kind, metadata }, index) => {
      const { labels } = objectMetadata(this, { name: metadata.name, component: 'firewall' });
      const spec: unknown = Lazy.any({ produce: () => this.policies()[index]?.['spec'] });
      new ApiObject(this, `${kind}-${metadata.name}`.toLowerCase(), { apiVersion, kind, metadata: { ...metadata, labels }, spec });
    });
  }

  private policies(): KubeObject[] {
    const settings = PlatformSettings.of(this);
    const { cluster, ...firewall } = this.props;
    const spec = { cluster, firewall: firewallSection(firewall, settings) };
    return cluster.network.plugin === 'calico' ? calicoHostPolicies(spec) : ciliumHostPolicies(spec, settings.monitoring);
  }
}
