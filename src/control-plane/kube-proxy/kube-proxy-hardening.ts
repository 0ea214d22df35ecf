import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import type { KubeProxyMode } from './kube-proxy-configuration';
import { DEFAULT_KUBE_PROXY, defaultKubeProxyMode } from './kube-proxy-section';

/** Props of `KubeProxyHardening`. */
export interface KubeProxyHardeningProps {
  /**
   * How kube-proxy writes its rules. `nftables` needs Linux 5.13 on every node: it is faster with many Services, and never opens
   * node ports on localhost.
   *
   * @default - `iptables`; `nftables` on Talos from 1.37
   */
  readonly mode?: KubeProxyMode;
  /**
   * Ranges on which node ports answer, in CIDR form, or `primary` for the node's own address.
   *
   * @default - `primary`
   */
  readonly nodePortAddresses?: readonly string[];
}

/** kube-proxy: metrics on localhost, node ports on the node's own address and not on localhost. */
export class KubeProxyHardening extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-06': [
      { kind: 'KubeProxyConfiguration', field: 'nodePortAddresses' },
      { kind: 'KubeProxyConfiguration', field: 'iptables.localhostNodePorts', value: false },
    ],
    'NET-13': [{ kind: 'KubeProxyConfiguration', field: 'metricsBindAddress', value: '127.0.0.1:10249' }],
  };

  private readonly props: KubeProxyHardeningProps;

  public constructor(scope: Construct, id: string, props: KubeProxyHardeningProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { mode, nodePortAddresses } = this.props;
    return {
      kubeProxy: {
        mode: mode ?? defaultKubeProxyMode(PlatformSettings.of(this)),
        nodePortAddresses: nodePortAddresses ?? DEFAULT_KUBE_PROXY.nodePortAddresses,
      },
    };
  }
}
