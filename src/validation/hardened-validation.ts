import { z } from 'zod';
import { subjectOf } from '../assessment';
import { loadBlueprint } from '../blueprint';
import { controlOf, SEVERITIES } from '../controls';
import type { Severity } from '../controls';
import { printable } from '../manifest';
// Not the whole folder: the formats of reports have no place on the path of `cdk8s synth`.
import { checkManifests } from '../report/check-manifests';
import { hasFailed } from '../report/check-report';
import type { CheckReport } from '../report/check-report';
import { positionOf } from '../report/position';
import type { Finding } from '../rules';
import { PlatformSettings, SUPPORTED_MINORS } from '../settings';
import type { KubernetesMinor } from '../settings';

/** `properties` of the plugin in `cdk8s.yaml`. */
export interface HardenedValidationProps {
  /**
   * Blueprint whose settings and waivers hold.
   *
   * @default - portable settings, no waivers
   */
  readonly blueprint?: string;
  /** @default - that of the blueprint, or the oldest supported one */
  readonly minor?: KubernetesMinor;
  /** Severity from which a finding fails. @default 'low' */
  readonly failOn?: Severity;
}

/** What this plugin needs of what cdk8s-cli hands it (`ValidationContext` of `cdk8s-cli/plugins`). */
export interface SynthesizedManifests {
  /** Paths of the files that were synthesised. */
  readonly manifests: readonly string[];
  /** Version of the plugin, as `cdk8s.yaml` names it. */
  readonly version: string;
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

const PROPS = z.strictObject({
  blueprint: z.string().optional(),
  minor: z.enum(SUPPORTED_MINORS).optional(),
  failOn: z.enum(SEVERITIES).optional(),
});

/**
 * Plugin of cdk8s-cli: judges by every rule what `cdk8s synth` has written, whatever app has made it. It stands under
 * `validations` in `cdk8s.yaml`; an app that is a `HardenedApp` has done the same before it wrote anything.
 */
export class HardenedValidation {
  private readonly props: HardenedValidationProps;

  /** @throws if a property is not known, or has no such value */
  public constructor(props: HardenedValidationProps = {}) {
    const result = PROPS.safeParse(props);
    if (!result.success) {
      throw new Error(`HardenedValidation, 'properties' in cdk8s.yaml:\n${z.prettifyError(result.error)}`);
    }
    this.props = result.data;
  }

  /** Reports a violation for each rule that finds something, and for what could not be read. */
  public async validate({ manifests, report, version }: SynthesizedManifests): Promise<void> {
    const { blueprint, minor, failOn = 'low' } = this.props;
    const given = blueprint === undefined ? {} : loadBlueprint(blueprint).settings;
    const settings = PlatformSettings.from({ ...given, ...(minor && { minor }) });
    const checked = await checkManifests({ paths: manifests, settings, failOn, version });
    for (const findings of byRule(checked.assessment.findings)) {
      report.addViolation(violationOf(findings));
    }
    const status = checked.unread.length > 0 || hasFailed(checked) ? 'failure' : 'success';
    report.submit(status, metadataOf(checked));
  }
}

function byRule(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group) {
      group.push(finding);
    } else {
      groups.set(finding.rule, [finding]);
    }
  }
  return [...groups.values()];
}

function violationOf(findings: readonly [Finding, ...Finding[]]): Parameters<SynthesizedManifests['report']['addViolation']>[0] {
  const [{ rule, controls, remedy }] = findings;
  return {
    ruleName: rule,
    recommendation: controls.map((id) => `${id} ${controlOf(id).title}`).join('; '),
    fix: remedy,
    violatingResources: findings.map((finding) => {
      return {
        resourceName: printable(String(finding.target.object?.metadata.name)), // by it cdk8s-cli finds the construct
        locations: [printable(`${finding.origin.source ?? ''} ${subjectOf(finding)}: ${finding.message}`)],
        manifestPath: printable(positionOf(finding.origin)?.file ?? ''),
      };
    }),
  };
}

/** Rows of the summary that cdk8s-cli shows. */
function metadataOf({ settings, manifests, unread, assessment }: CheckReport): Record<string, string> {
  const told = [
    ...unread.map(({ file, line, message }): [string, string] => [`not read: ${file}${line === undefined ? '' : `:${line}`}`, message]),
    ...assessment.problems.map(({ waiver, message }): [string, string] => [`waiver of ${waiver.control} for ${waiver.target}`, message]),
    ...assessment.warnings.map((warning, index): [string, string] => [`warning ${index + 1}`, warning]),
  ];
  return {
    kubernetes: settings.minor,
    objects: String(manifests.length),
    findings: String(assessment.findings.length),
    waived: String(assessment.waived.length),
    ...Object.fromEntries(told.map(([what, text]) => [printable(what), printable(text)])),
  };
}
