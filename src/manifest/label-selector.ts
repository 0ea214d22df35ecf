import { listOf, recordOf, textOf, textsOf } from './wire';

/** Labels by key. */
export type Labels = ReadonlyMap<string, string>;

/** Label that every namespace has, with its name. The API server sets it itself, so that nobody can forge it. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Operators of `matchExpressions`. */
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** One condition of a selector. `matchLabels` is `In` with one value. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: (typeof OPERATORS)[number];
  /** @default - none: for `Exists` and `DoesNotExist` */
  readonly values?: readonly string[];
}

/** A label selector as the API server evaluates it: every requirement has to hold, and none at all selects everything. */
export class LabelSelector {
  /** From the form with `matchLabels` and `matchExpressions`. What the API server would refuse selects nothing. */
  public static parse(value: unknown): LabelSelector {
    const { matchLabels, matchExpressions } = recordOf(value);
    return new LabelSelector([...equalities(matchLabels), ...listOf(matchExpressions).map((item) => requirement(recordOf(item)))]);
  }

  /** From plain labels, the form of a Service's selector. */
  public static ofLabels(value: unknown): LabelSelector {
    return new LabelSelector(equalities(value));
  }

  /** From requirements. */
  public static of(requirements: readonly LabelRequirement[]): LabelSelector {
    return new LabelSelector(requirements);
  }

  private constructor(public readonly requirements: readonly LabelRequirement[]) {}

  /** Whether it selects everything. */
  public get isEmpty(): boolean {
    return this.requirements.length === 0;
  }

  /** Whether it selects what has these labels. */
  public matches(labels: Labels): boolean {
    return this.requirements.every((one) => holds(one, labels));
  }

  /** As `kubectl get -l` takes it: `app=web,tier in (a,b),!canary`. */
  public toString(): string {
    return this.requirements.map(text).join(',');
  }
}

function equalities(labels: unknown): LabelRequirement[] {
  return Object.entries(recordOf(labels)).map(([key, value]) => ({ key, operator: 'In', values: textsOf([value]) }));
}

/** What is no expression becomes one that nothing meets: `In` without values. */
function requirement({ key, operator, values }: Record<string, unknown>): LabelRequirement {
  const known = OPERATORS.find((candidate) => candidate === operator) ?? 'In';
  const given = textsOf(values);
  const wantsValues = known === 'In' || known === 'NotIn';
  return wantsValues === given.length > 0 && operator === known
    ? { key: textOf(key) ?? '', operator: known, values: given }
    : { key: textOf(key) ?? '', operator: 'In', values: [] };
}

function holds({ key, operator, values = [] }: LabelRequirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

function text({ key, operator, values = [] }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
