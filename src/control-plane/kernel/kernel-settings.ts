import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';

/** Props of `KernelSettings`. */
export interface KernelSettingsProps {
  /**
   * Keys of the host hardening that are left as the host has them, such as `kernel.yama.ptrace_scope`.
   *
   * @default - none
   */
  readonly without?: readonly string[];
  /**
   * More settings, or other values, by key.
   *
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string>>;
}

/** The kernel of every node: what the kubelet compares before it starts, what pods need, and the hardening of the host. */
export class KernelSettings extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'UPG-04': [{ kind: 'NodeFile', field: 'path', value: '/etc/sysctl.d/90-kubernetes-hardening.conf' }],
  };

  private readonly props: KernelSettingsProps;

  public constructor(scope: Construct, id: string, props: KernelSettingsProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { without = [], sysctls = {} } = this.props;
    return { kernel: { without, sysctls } };
  }
}
