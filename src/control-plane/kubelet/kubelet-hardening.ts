import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { defaultServingCertificates } from './kubelet-section';
import type { KubeletSettings, ServingCertificates } from './kubelet-section';

/** Props of `KubeletHardening`. */
export interface KubeletHardeningProps {
  /**
   * How kubelets get the certificate that they serve with.
   *
   * @default - `bootstrap`; `self-signed` on kind, `distribution` on k3s and RKE2
   */
  readonly servingCertificates?: ServingCertificates;
  /**
   * Fields beside, or instead of, the hardened ones: `maxPods`, reserved resources, eviction. `systemReserved`, `kubeReserved` and
   * `evictionHard` are added to. A weaker value is written as it stands, and is a finding.
   *
   * @default - the hardened ones
   */
  readonly settings?: KubeletSettings;
}

/** The configuration of every node's kubelet: no anonymous access, bounds that protect the node, seccomp by default. */
export class KubeletHardening extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-03': [
      { kind: 'KubeletConfiguration', field: 'authentication.anonymous.enabled', value: false },
      { kind: 'KubeletConfiguration', field: 'authentication.webhook.enabled', value: true },
      { kind: 'KubeletConfiguration', field: 'authentication.x509.clientCAFile' },
      { kind: 'KubeletConfiguration', field: 'authorization.mode', value: 'Webhook' },
    ],
    'AUTH-09': [
      { kind: 'KubeletConfiguration', field: 'enableProfilingHandler', value: false },
      { kind: 'KubeletConfiguration', field: 'enableDebugFlagsHandler', value: false },
      { kind: 'KubeletConfiguration', field: 'enableSystemLogHandler', value: false },
    ],
    'NET-09': [
      { kind: 'KubeletConfiguration', field: 'podPidsLimit' },
      { kind: 'KubeletConfiguration', field: 'systemReserved.pid' },
      { kind: 'KubeletConfiguration', field: 'kubeReserved.pid' },
    ],
    'NET-10': [
      { kind: 'KubeletConfiguration', field: 'evictionHard[pid.available]' },
      { kind: 'KubeletConfiguration', field: 'mergeDefaultEvictionSettings', value: true },
    ],
    'NET-13': [{ kind: 'KubeletConfiguration', field: 'readOnlyPort', value: 0 }],
    'NET-14': [{ kind: 'KubeletConfiguration', field: 'serverTLSBootstrap', value: true }],
    'NET-20': [{ kind: 'KubeletConfiguration', field: 'rotateCertificates', value: true }],
    'POD-16': [{ kind: 'KubeletConfiguration', field: 'seccompDefault', value: true }],
    'UPG-04': [{ kind: 'KubeletConfiguration', field: 'protectKernelDefaults', value: true }],
  };

  private readonly props: KubeletHardeningProps;

  public constructor(scope: Construct, id: string, props: KubeletHardeningProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { servingCertificates, settings = {} } = this.props;
    const { distribution } = PlatformSettings.of(this);
    return { kubelet: { servingCertificates: servingCertificates ?? defaultServingCertificates(distribution), settings } };
  }
}
