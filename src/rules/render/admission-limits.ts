import type { KubeObject } from '../../manifest';
import { nameOf } from '../../manifest';
import type { MatchCondition, Validation } from './admission-objects';
import type { CelVariable } from '../cel';

/** What the API server takes, measured on Kubernetes 1.36. */
export const ADMISSION_LIMITS = {
  /** Code points of one expression (`expression code point size exceeds limit`). */
  expression: 100_000,
  /** Conditions of one policy. */
  matchConditions: 64,
  /**
   * Bytes of an object as JSON. etcd takes 1.5 MiB; `kubectl apply` keeps a copy in an annotation, and all annotations of an
   * object together may have 256 KiB (`metadata.annotations: Too long`).
   */
  object: 256 * 1024,
} as const;

const REMEDY = 'Waivers are most of a long policy: mend what many objects have in common, or leave rules out.';

interface PolicySpec {
  readonly matchConditions?: readonly MatchCondition[];
  readonly variables?: readonly CelVariable[];
  readonly validations: readonly Validation[];
}

/** Why the API server, or `kubectl apply`, would refuse a policy for its size; empty if they take it. */
export function admissionLimitProblems(policy: KubeObject): string[] {
  const { matchConditions = [], variables = [], validations = [] } = (policy['spec'] ?? {}) as PolicySpec;
  const expressions = [
    ...matchConditions.map(({ name, expression }) => [`matchCondition ${name}`, expression] as const),
    ...variables.map(({ name, expression }) => [`variable ${name}`, expression] as const),
    ...validations.flatMap(({ expression, message, messageExpression = '' }) => [
      [`the validation '${message}'`, expression] as const,
      [`the message '${message}'`, messageExpression] as const,
    ]),
  ];
  const bytes = Buffer.byteLength(JSON.stringify(policy));
  return [
    ...expressions
      .filter(([, expression]) => [...expression].length > ADMISSION_LIMITS.expression)
      .map(([where, expression]) => `${where} has ${[...expression].length} characters, at most ${ADMISSION_LIMITS.expression} are taken`),
    ...(matchConditions.length > ADMISSION_LIMITS.matchConditions
      ? [`it has ${matchConditions.length} matchConditions, at most ${ADMISSION_LIMITS.matchConditions} are taken`]
      : []),
    ...(bytes > ADMISSION_LIMITS.object ? [`it has ${bytes} bytes, at most ${ADMISSION_LIMITS.object} are taken by kubectl apply`] : []),
  ].map((problem) => `${policy.kind} ${nameOf(policy)}: ${problem}. ${REMEDY}`);
}
