import type { EnforcementLevel, PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { assess, formatFinding } from '../../assessment';
import { controlOf, severityOf } from '../../controls';
import { POD_TEMPLATE_PATHS, podSpecOf, recordOf } from '../../manifest';
import type { KubeObject } from '../../manifest';
import { ARTIFACTS_RULES, CEL_RULES } from '../../rules';
import type { CelRule, Finding, Rule } from '../../rules';
import { DEFAULT_ENFORCEMENT, PlatformSettings } from '../../settings';
import type { EnforcementAction } from '../../settings';
import { judgedObjects } from './judged-object';

/** What Pulumi does with a violation. It knows no level between these two. */
const LEVELS: Readonly<Record<EnforcementAction, EnforcementLevel>> = { audit: 'advisory', warn: 'advisory', deny: 'mandatory' };

/**
 * The rules as policies of a CrossGuard pack. One about a single object is asked for each resource, one across objects for the
 * whole stack; of what a waiver of the settings accepts, neither speaks.
 */
export function hardenedPolicies(settings = PlatformSettings.from()): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return [...CEL_RULES.map((rule) => resourcePolicy(rule, settings)), ...ARTIFACTS_RULES.map((rule) => stackPolicy(rule, settings))];
}

function resourcePolicy(rule: CelRule, settings: PlatformSettings): ResourceValidationPolicy {
  return {
    ...policyOf(rule, settings),
    validateResource: (resource, report) => {
      const judged = judgedObjects(resource, settings.minor).filter(({ object, isPatch }) => !isPatch || saysWhatIsJudged(object, rule));
      findings(
        rule,
        judged.map(({ object }) => object),
        settings,
      ).forEach((finding) => report(formatFinding(finding)));
    },
  };
}

function stackPolicy(rule: Rule, settings: PlatformSettings): StackValidationPolicy {
  return {
    ...policyOf(rule, settings),
    validateStack: ({ resources }, report) => {
      const urns = new Map<KubeObject, string>(
        resources.flatMap((resource) => wholeObjects(resource, settings).map((object) => [object, resource.urn] as const)),
      );
      findings(rule, [...urns.keys()], settings).forEach((finding) =>
        report(formatFinding(finding), finding.target.object && urns.get(finding.target.object)),
      );
    },
  };
}

/** A patch says too little of its object for rules about how objects go together. */
function wholeObjects(resource: PolicyResource, { minor }: PlatformSettings): KubeObject[] {
  return judgedObjects(resource, minor).flatMap(({ object, isPatch }) => (isPatch ? [] : [object]));
}

/** Whether the object has a field that the rule judges in its kind: a patch without one leaves it as it is. */
function saysWhatIsJudged(object: KubeObject, { cel }: CelRule): boolean {
  if (Object.hasOwn(POD_TEMPLATE_PATHS, object.kind)) {
    return podSpecOf(object) !== undefined;
  }
  return cel.match
    .filter(({ kind }) => kind === object.kind)
    .some(({ judged }) =>
      judged.some((field) => field.split('.').reduce<unknown>((value, part) => recordOf(value)[part], object) !== undefined),
    );
}

function findings(rule: Rule, objects: readonly KubeObject[], settings: PlatformSettings): readonly Finding[] {
  const manifests = objects.map((object) => ({ object, origin: {} }));
  return assess({ manifests, nodeFiles: [] }, settings, { rules: [rule], complete: false }).findings;
}

/** What the pack says of a rule: with it Pulumi Cloud lists it under its framework. */
function policyOf({ id, controls, message, remedy }: Rule, { enforcement }: PlatformSettings) {
  const [main] = controls.map((control) => controlOf(control));
  return {
    name: id,
    description: `${controls.join(', ')} ${main?.title}: ${message}.`,
    enforcementLevel: LEVELS[enforcement?.rules?.[id] ?? enforcement?.default ?? DEFAULT_ENFORCEMENT.default],
    severity: severityOf(controls),
    framework: {
      name: 'NSA/CISA Kubernetes Hardening Guidance',
      version: '1.2',
      reference: controls.join(', '),
      specification: main?.section ?? '',
    },
    remediationSteps: remedy,
  };
}
