import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { auditPropsProblems } from './audit-logging-props';
import type { AuditLoggingProps } from './audit-logging-props';
import { auditSection } from './audit-section';

/**
 * What the API servers record of requests, and where to: the audit policy, the file with its rotation, and another system if
 * there is one. A cluster has one.
 */
export class AuditLogging extends Construct implements IControlPlanePart {
  /** The controls it answers, and what it sets for them. */
  public static readonly generates: GeneratedFields = {
    'LOG-01': [
      { kind: 'Policy', field: 'rules[].level' },
      { kind: 'kube-apiserver', field: 'audit-policy-file' },
    ],
    'LOG-02': [
      { kind: 'kube-apiserver', field: 'audit-log-path' },
      { kind: 'kube-apiserver', field: 'audit-log-maxage', value: '30' },
      { kind: 'kube-apiserver', field: 'audit-log-maxbackup', value: '10' },
      { kind: 'kube-apiserver', field: 'audit-log-maxsize', value: '100' },
      { kind: 'NodeFile', field: 'path', value: '/etc/tmpfiles.d/kubernetes-audit.conf' },
    ],
    'LOG-03': [{ kind: 'Policy', field: 'rules[?].resources[?].resources[?]', value: 'secrets' }],
    'LOG-04': [{ kind: 'kube-apiserver', field: 'audit-webhook-config-file' }],
    'LOG-11': [{ kind: 'Policy', field: 'rules[?].resources[?].resources[?]', value: 'cronjobs' }],
    'LOG-13': [{ kind: 'kube-apiserver', field: 'audit-log-mode', value: 'blocking' }],
    'LOG-18': [{ kind: 'Policy', field: 'rules[?].userGroups', value: ['system:unauthenticated'] }],
  };

  private readonly props: AuditLoggingProps;

  /** @throws if a group, a plural, a number or the URL is none (LOG-02, LOG-03, LOG-04) */
  public constructor(scope: Construct, id: string, props: AuditLoggingProps = {}) {
    super(scope, id);
    this.props = props;
    const problems = auditPropsProblems(props);
    if (problems.length > 0) {
      const lines = problems.map(({ field, message, control, remedy }) => `${field}: ${message} (control ${control}): ${remedy}.`);
      throw new Error(`[${this.node.path}] ${lines.join(' ')}`);
    }
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { audit: auditSection(this.props, PlatformSettings.of(this).minor) };
  }
}
