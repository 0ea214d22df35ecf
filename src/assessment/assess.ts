import type { Artifacts } from '../manifest';
import { RULES } from '../rules';
import type { Finding, Rule, RuleInput } from '../rules';
import type { PlatformSettings } from '../settings';
import { nodeFileTarget, Waiver, WaiverIndex, waiverTargets } from '../waivers';
import type { WaivablePart } from '../waivers';

/** Days before a waiver's expiry from which synth warns. */
export const WAIVER_WARNING_DAYS = 30;

/** A finding that a waiver accepts. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

/** A waiver that cannot stand: unused, or expired. One that reaches too far is a finding (`waiver-service-account`). */
export interface WaiverProblem {
  readonly waiver: Waiver;
  readonly message: string;
  readonly remedy: string;
}

/** What the rules say of the artifacts, after the waivers. */
export interface Assessment {
  /** Findings that no waiver accepts, in the order of the objects. */
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly problems: readonly WaiverProblem[];
  /** Plain lines about what will fail soon. */
  readonly warnings: readonly string[];
  /** No finding and no problem. */
  readonly passed: boolean;
}

/** Options of `assess`. */
export interface AssessOptions {
  /** @default - every rule of this project */
  readonly rules?: readonly Rule[];
  /**
   * Waivers that constructs bring, beside those in the settings.
   *
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
  /**
   * Whether `artifacts` is all there is. For a part of it, a waiver for an object elsewhere is not called unused.
   *
   * @default true
   */
  readonly complete?: boolean;
}

/**
 * Runs the rules over the artifacts and matches the findings with the waivers. Pure: same input, same answer; time and
 * memory grow with the number of objects.
 */
export function assess(artifacts: Artifacts, settings: PlatformSettings, options: AssessOptions = {}): Assessment {
  const waivers = [...settings.waivers.map((props) => Waiver.from(props)), ...(options.waivers ?? [])];
  const index = new WaiverIndex(waivers);
  const used = new Set<Waiver>();
  const findings: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findingsOf({ artifacts, settings, waivers }, options.rules ?? RULES)) {
    const waiver = index.find(finding.controls, waivablePart(finding));
    if (waiver) {
      used.add(waiver);
    }
    if (waiver && waiver.daysLeft(settings.asOf) >= 0) {
      waived.push({ finding, waiver });
    } else {
      findings.push(finding);
    }
  }
  const problems = waivers.flatMap((waiver) => problemOf(waiver, used, settings.asOf, options.complete ?? true));
  return {
    findings,
    waived,
    problems,
    warnings: waivers.flatMap((waiver) => expiryWarning(waiver, settings.asOf)),
    passed: findings.length === 0 && problems.length === 0,
  };
}

/** What the rules find, object by object. Rules about one object are asked so too: what they share is kept for one object only. */
function findingsOf(input: RuleInput, rules: readonly Rule[]): Finding[] {
  const { manifests } = input.artifacts;
  const ofObjects = rules.filter(({ scope }) => scope === 'object');
  const found = [
    ...manifests.flatMap((manifest) => {
      const one = { ...input, artifacts: { manifests: [manifest], nodeFiles: [] } };
      return ofObjects.flatMap((rule) => rule.check(one));
    }),
    ...rules.filter(({ scope }) => scope !== 'object').flatMap((rule) => rule.check(input)),
  ];
  const order = new Map(manifests.map(({ object }, index) => [object, index]));
  const placeOf = ({ target }: Finding): number => (target.object && order.get(target.object)) ?? Infinity;
  return found.sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}

function waivablePart({ target: { object, container, nodeFile, field } }: Finding): WaivablePart {
  return object
    ? { targets: waiverTargets(object), part: container }
    : { targets: nodeFile ? [nodeFileTarget(nodeFile)] : [], part: field };
}

function problemOf(waiver: Waiver, used: ReadonlySet<Waiver>, asOf: string, complete: boolean): WaiverProblem[] {
  if (!used.has(waiver)) {
    return complete
      ? [{ waiver, message: 'no finding matches it', remedy: 'remove the waiver, or correct its control, target, container or field' }]
      : [];
  }
  return waiver.daysLeft(asOf) < 0
    ? [
        {
          waiver,
          message: `it expired on ${waiver.expires} (judged as of ${asOf})`,
          remedy: 'mend the finding, or renew the waiver with a new reason and date',
        },
      ]
    : [];
}

function expiryWarning(waiver: Waiver, asOf: string): string[] {
  const days = waiver.daysLeft(asOf);
  return days >= 0 && days <= WAIVER_WARNING_DAYS
    ? [`waiver of ${waiver.control} for ${waiver.target} (${waiver.owner}) expires in ${days} days, on ${waiver.expires}`]
    : [];
}
