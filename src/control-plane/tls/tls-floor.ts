import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { TlsVersion } from '../../rules';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { DEFAULT_TLS } from './tls-section';

/** Props of `TlsFloor`. */
export interface TlsFloorProps {
  /**
   * Oldest version that API server, controller manager, scheduler, kubelets and etcd speak. With 1.2 come the four suites that
   * both checks of CIS accept (1.2.29, 4.2.12); with 1.3 there is no list, and those two manual checks report a warning.
   *
   * @default '1.3'
   */
  readonly minVersion?: TlsVersion;
}

/** The oldest TLS version, the same for all components (NET-20). */
export class TlsFloor extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-20': [
      { kind: 'kube-apiserver', field: 'tls-min-version', value: 'VersionTLS13' },
      { kind: 'kube-controller-manager', field: 'tls-min-version', value: 'VersionTLS13' },
      { kind: 'kube-scheduler', field: 'tls-min-version', value: 'VersionTLS13' },
      { kind: 'etcd', field: 'tls-min-version', value: 'TLS1.3' },
      { kind: 'KubeletConfiguration', field: 'tlsMinVersion', value: 'VersionTLS13' },
    ],
  };

  private readonly props: TlsFloorProps;

  public constructor(scope: Construct, id: string, props: TlsFloorProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { tls: { minVersion: this.props.minVersion ?? DEFAULT_TLS.minVersion } };
  }
}
