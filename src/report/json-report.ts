import { severityOf } from '../controls';
import type { Finding } from '../rules';
import { countBySeverity, fails } from './check-report';
import type { CheckReport } from './check-report';
import { plainJson } from './plain-json';
import { positionOf } from './position';

/**
 * The report for programs. Fields are added to it, but none changes its meaning or goes within a major version (docs/check.md).
 * It holds names, and what rules say of values, but no part of an object.
 */
export function jsonReport({ version, settings, failOn, manifests, unread, assessment }: CheckReport): string {
  const { findings, waived, problems, warnings } = assessment;
  const report = {
    tool: { name: 'cdk8s-hardened', version },
    kubernetes: settings.minor,
    asOf: settings.asOf,
    failOn,
    summary: {
      objects: manifests.length,
      findings: findings.length,
      failing: findings.filter((finding) => fails(finding, failOn)).length,
      bySeverity: Object.fromEntries(countBySeverity(findings)),
      waived: waived.length,
      unread: unread.length,
    },
    findings: findings.map(plainFinding),
    waived: waived.map(({ finding, waiver }) => ({ ...plainFinding(finding), waiver })),
    waiverProblems: problems,
    warnings,
    unread,
  };
  return plainJson(report);
}

function plainFinding(finding: Finding): object {
  const { rule, controls, target, message, remedy, origin } = finding;
  const { apiVersion, kind, metadata } = target.object ?? {};
  return {
    rule,
    controls,
    severity: severityOf(controls),
    message,
    remedy,
    ...(metadata && { object: { apiVersion, kind, namespace: metadata.namespace, name: metadata.name ?? metadata['generateName'] } }),
    ...(target.container !== undefined && { container: target.container }),
    ...positionOf(origin),
    ...(origin.template !== undefined && { template: origin.template }),
  };
}
