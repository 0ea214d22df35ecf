import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { firewallSection } from './firewall-section';
import type { HostFirewallProps } from './firewall-section';
import { CANDIDATE_RULES } from './host-firewall-script';

/**
 * A firewall on every host that lets in what is in the port table, from whom it is meant for, and nothing else. The
 * addresses are those of the `ControlPlane`. See docs/firewall.md before it is put in force.
 */
export class HostFirewall extends Construct implements IControlPlanePart {
  /** The controls it answers, and the files that it makes for them. */
  public static readonly generates: GeneratedFields = {
    'NET-11': [{ kind: 'NodeFile', field: 'path', value: CANDIDATE_RULES }],
    'NET-12': [{ kind: 'NodeFile', field: 'path', value: CANDIDATE_RULES }],
    'NET-16': [{ kind: 'NodeFile', field: 'path', value: CANDIDATE_RULES }],
    'NET-19': [{ kind: 'NodeFile', field: 'path', value: CANDIDATE_RULES }],
    'NET-26': [{ kind: 'NodeFile', field: 'path', value: CANDIDATE_RULES }],
  };

  private readonly props: HostFirewallProps;

  public constructor(scope: Construct, id: string, props: HostFirewallProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { firewall: firewallSection(this.props, PlatformSettings.of(this)) };
  }
}
