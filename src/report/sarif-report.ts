import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { subjectOf } from '../assessment';
import { controlOf, severityOf } from '../controls';
import type { Severity } from '../controls';
import { identityOf, printable } from '../manifest';
import type { ReadProblem } from '../manifest';
import { RULES } from '../rules';
import type { Finding, Rule } from '../rules';
import type { Waiver } from '../waivers';
import type { CheckReport } from './check-report';
import { plainJson } from './plain-json';
import { positionOf } from './position';

const SARIF_SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** What SARIF calls each severity, and the score by which GitHub code scanning arrives at the same one. */
const SARIF_SEVERITY: Readonly<Record<Severity, { readonly level: 'note' | 'warning' | 'error'; readonly score: string }>> = {
  low: { level: 'note', score: '3.0' },
  medium: { level: 'warning', score: '5.5' },
  high: { level: 'error', score: '8.0' },
  critical: { level: 'error', score: '9.5' },
};

/**
 * The report as SARIF 2.1.0, with what GitHub code scanning asks for: every rule with its help and its controls as tags; every
 * finding with its place and a fingerprint that a moved line does not change; waived findings as suppressed ones.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ version, unread, assessment }: CheckReport): string {
  const findings = [
    ...assessment.findings.map((finding) => ({ finding, waiver: undefined })),
    ...assessment.waived.map(({ finding, waiver }) => ({ finding, waiver })),
  ];
  const fingerprints = fingerprintsOf(findings.map(({ finding }) => finding));
  const run: Run = {
    tool: { driver: { name: 'cdk8s-hardened', semanticVersion: version, rules: RULES.map(descriptorOf) } },
    invocations: [{ executionSuccessful: unread.length === 0, toolExecutionNotifications: unread.map(notificationOf) }],
    results: findings.map(({ finding, waiver }, index) => resultOf(finding, waiver, fingerprints[index] as string)),
  };
  const log: Log = { $schema: SARIF_SCHEMA, version: '2.1.0', runs: [run] };
  return plainJson(log);
}

function descriptorOf(rule: Rule): ReportingDescriptor {
  const controls = rule.controls.map(controlOf);
  const severity = SARIF_SEVERITY[severityOf(rule.controls)];
  const why = controls.map(({ id, title, why: reason }) => `${id} ${title}. ${reason}`);
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: capitalised(rule.message) },
    fullDescription: { text: why.join('\n') },
    help: {
      text: [`Mend: ${rule.remedy}.`, ...why].join('\n'),
      markdown: [`**Mend:** ${rule.remedy}.`, ...why.map((line) => `- ${line}`)].join('\n\n'),
    },
    defaultConfiguration: { level: severity.level },
    properties: { tags: ['security', ...rule.controls], precision: 'very-high', 'security-severity': severity.score },
  };
}

function resultOf(finding: Finding, waiver: Waiver | undefined, fingerprint: string): Result {
  const { object } = finding.target;
  return {
    ruleId: finding.rule,
    ruleIndex: RULES.findIndex(({ id }) => id === finding.rule),
    level: SARIF_SEVERITY[severityOf(finding.controls)].level,
    message: { text: plainMessage(`${subjectOf(finding)}: ${finding.message}. Mend: ${finding.remedy}.`) },
    locations: [locationOf(finding)],
    // GitHub code scanning looks at no fingerprint but the one of this name.
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(object && { properties: { object: identityOf(object), container: finding.target.container } }),
    ...(waiver && { suppressions: [{ kind: 'external', status: 'accepted', justification: justificationOf(waiver) }] }),
  };
}

function locationOf(finding: Finding): Location {
  const position = positionOf(finding.origin);
  return {
    ...(position && {
      physicalLocation: { artifactLocation: { uri: uriOf(position.file) }, region: { startLine: position.line } },
    }),
    logicalLocations: [{ fullyQualifiedName: printable(subjectOf(finding)), kind: 'object' }],
  };
}

function notificationOf({ file, line, message }: ReadProblem): Notification {
  return {
    level: 'error',
    message: { text: plainMessage(message) },
    locations: [
      { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...(line !== undefined && { region: { startLine: line } }) } },
    ],
  };
}

/** A path as a URI reference: relative where the path is. */
function uriOf(file: string): string {
  return path.isAbsolute(file) ? pathToFileURL(file).href : file.split(path.sep).map(encodeURIComponent).join('/');
}

/**
 * One for each finding: rule, file, object and container, and which one of these it is where there are several. Lines are left out, so
 * that a finding stays the same when something is written above it.
 */
function fingerprintsOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, target, origin }) => {
    const what = JSON.stringify([rule, positionOf(origin)?.file, target.object && identityOf(target.object), target.container]);
    const ordinal = (seen.get(what) ?? 0) + 1;
    seen.set(what, ordinal);
    return `${createHash('sha256').update(what).digest('hex').slice(0, 32)}:${ordinal}`;
  });
}

function justificationOf({ reason, owner, expires }: Waiver): string {
  return printable(`${reason} (${owner}, until ${expires})`);
}

/** Text in which nothing is a link: SARIF makes one of `[text](target)`, and names may hold anything. */
function plainMessage(text: string): string {
  return printable(text).replaceAll('](', '] (');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
