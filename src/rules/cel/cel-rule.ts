import type { ControlId } from '../../controls';
import { groupOf, originOf } from '../../manifest';
import type { KubeObject, Manifest } from '../../manifest';
import type { EnforcementAction, PlatformSettings } from '../../settings';
import type { Finding, Target } from '../finding';
import type { PodSecurityCheck } from '../pod-security';
import type { Rule, RuleInput } from '../rule';
import type { CelContext } from './environment';
import { contextOf, evaluate } from './evaluation';

/** Kinds that a rule looks at, by API group and resource, as an admission policy names them. */
export interface RuleMatch {
  readonly apiGroup: string;
  /** Kind of the objects. */
  readonly kind: string;
  /** Resources in the API, subresources included: `pods`, `pods/ephemeralcontainers`. */
  readonly resources: readonly string[];
  /** Paths of the fields that rules about it judge: at admission, an update that leaves them alone passes. */
  readonly judged: readonly string[];
}

/** A condition that must hold, in CEL. */
export interface CelCheck {
  /** True when all is well. Sees `object`, `variables`, and in a check of containers `c`. */
  readonly holds: string;
  /**
   * What was found, as a string.
   *
   * @default - nothing
   */
  readonly found?: string;
}

/** A condition of each container, in CEL. */
export interface CelContainerCheck extends CelCheck {
  /**
   * Which containers: all of them, those that can have resources, or the app containers.
   *
   * @default 'containers'
   */
  readonly of?: 'containers' | 'boundedContainers' | 'appContainers';
}

/** Objects that show what a rule means. */
export interface RuleExamples {
  /** Objects on which it holds: each one step away from one that fails. */
  readonly pass: readonly KubeObject[];
  /** Objects on which it fails. */
  readonly fail: readonly KubeObject[];
}

/** What `celRule` is told. */
export interface CelRuleProps {
  readonly id: string;
  /** Controls served, the main one first. */
  readonly controls: readonly ControlId[];
  /**
   * Checks of the Pod Security Standards that it stands for.
   *
   * @default - none
   */
  readonly podSecurity?: readonly PodSecurityCheck[];
  /** What is wrong when it fails, without subject: `runs privileged`. */
  readonly message: string;
  readonly remedy: string;
  readonly match: readonly RuleMatch[];
  /**
   * How far it goes at admission, unless the settings say otherwise. Less than `deny` where the cluster itself makes what a
   * manifest must not hold.
   *
   * @default 'deny'
   */
  readonly enforcement?: EnforcementAction;
  /**
   * When true the rule does not apply, in CEL.
   *
   * @default - it always applies
   */
  readonly unless?: string;
  /** @default - nothing about the object as a whole */
  readonly object?: CelCheck;
  /** @default - nothing about its containers */
  readonly container?: CelContainerCheck;
  /** Made when asked for: a synth has no use for them. */
  readonly examples: () => RuleExamples;
}

/** A rule about one object, written once in CEL: evaluated here, and ready for the API server. */
export interface CelRule extends Rule {
  /** What the rule is, for those who render it. */
  readonly cel: CelRuleProps;
}

/** Makes a rule from expressions inside the subset that `lintCel` holds. */
export function celRule(props: CelRuleProps): CelRule {
  const { id, controls, message, remedy } = props;
  return { id, controls, message, remedy, scope: 'object', cel: props, check: (input) => check(props, input) };
}

function check(rule: CelRuleProps, { artifacts, settings }: RuleInput): Finding[] {
  return artifacts.manifests.filter(({ object }) => matches(rule, object)).flatMap((manifest) => checkObject(rule, manifest, settings));
}

function matches({ match }: CelRuleProps, object: KubeObject): boolean {
  return match.some(({ kind, apiGroup }) => kind === object.kind && apiGroup === groupOf(object));
}

function checkObject(rule: CelRuleProps, manifest: Manifest, settings: PlatformSettings): Finding[] {
  const { object } = manifest;
  const context = contextOf(object, settings);
  const report = (problem: string, target: Omit<Target, 'object'> = {}): Finding => ({
    rule: rule.id,
    controls: rule.controls,
    target: { object, ...target },
    message: problem,
    remedy: rule.remedy,
    origin: originOf(manifest, target.container),
  });
  try {
    if (rule.unless !== undefined && evaluate(rule.unless, context) === true) {
      return [];
    }
    const whole = rule.object ? problemOf(rule, rule.object, context) : undefined;
    const containers = rule.container
      ? (evaluate(`variables.${rule.container.of ?? 'containers'}`, context) as { readonly name?: unknown }[])
      : [];
    return [
      ...(whole === undefined ? [] : [report(whole)]),
      ...containers.flatMap((c) => {
        const problem = problemOf(rule, rule.container as CelCheck, { ...context, c });
        return problem === undefined ? [] : [report(problem, { container: String(c.name) })];
      }),
    ];
  } catch (error) {
    return [report(unevaluable(rule, error))];
  }
}

function problemOf(rule: CelRuleProps, { holds, found }: CelCheck, context: CelContext): string | undefined {
  try {
    if (evaluate(holds, context) === true) {
      return undefined;
    }
    const value = found === undefined ? '' : String(evaluate(found, context));
    return value === '' ? rule.message : `${rule.message} (${value})`;
  } catch (error) {
    return unevaluable(rule, error);
  }
}

/** The API server counts an error as a refusal (`failurePolicy: Fail`), and so does this project. */
function unevaluable(rule: CelRuleProps, error: unknown): string {
  return `${rule.message}, or a field has the wrong type (${(error as Error).message.split('\n')[0]})`;
}
