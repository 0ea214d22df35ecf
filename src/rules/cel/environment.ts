import { Environment } from '@marcbachmann/cel-js';
import { Cidr } from '../../manifest';
import { Quantity } from './quantity';

/** A compiled expression. */
export type CelProgram = (context: CelContext) => unknown;

/** What an expression sees: the object, the shared variables, and, in a check of containers, `c`. */
export interface CelContext {
  readonly object: unknown;
  readonly variables: unknown;
  readonly c?: unknown;
  /** The object before the change; only in an admission policy. */
  readonly oldObject?: unknown;
  /** Who asks for what; only in an admission policy. */
  readonly request?: unknown;
}

/** Where an expression stands: a rule knows nothing but the object; an admission policy also knows the request. */
export type CelPlace = 'rule' | 'policy';

/**
 * CEL as the API server evaluates it, within the subset that `lintCel` holds: optional syntax, lists of one type, and the
 * quantity and CIDR libraries of Kubernetes.
 */
const ENVIRONMENT = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: true })
  .registerVariable('object', 'dyn')
  .registerVariable('variables', 'dyn')
  .registerVariable('c', 'dyn')
  .registerType('Quantity', Quantity)
  .registerType('Cidr', Cidr)
  .registerFunction('quantity(string): Quantity', (text: string) => Quantity.parse(text))
  .registerFunction('Quantity.compareTo(Quantity): int', (a: Quantity, b: Quantity) => a.compareTo(b))
  .registerFunction('cidr(string): Cidr', (text: string) => Cidr.parse(text))
  .registerFunction('Cidr.containsIP(string): bool', (range: Cidr, address: string) => range.containsIP(address));

const ENVIRONMENTS: Readonly<Record<CelPlace, Environment>> = {
  rule: ENVIRONMENT,
  policy: ENVIRONMENT.clone().registerVariable('oldObject', 'dyn').registerVariable('request', 'dyn'),
};

/** Compiles an expression. @throws if it does not parse */
export function compileCel(expression: string): CelProgram {
  return ENVIRONMENTS.policy.parse(expression) as CelProgram;
}

/** The tree of an expression, for those who look at its parts. @throws if it does not parse */
export function parseCel(expression: string): unknown {
  return ENVIRONMENT.parse(expression).ast;
}

/** Why an expression does not parse or does not type-check; undefined if it does. */
export function celProblem(expression: string, place: CelPlace): string | undefined {
  try {
    const result = ENVIRONMENTS[place].check(expression);
    return result.valid ? undefined : (result.error?.message ?? 'does not type-check').split('\n')[0];
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** JSON as the API server's CEL sees it: integers are `int` (BigInt here), and what is null is not there. */
export function toCel(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== null && field !== undefined)
        .map(([name, field]) => [name, toCel(field)]),
    );
  }
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

/** What an expression yields: `bool`, `string` …, or `dyn` if only its evaluation can tell. @throws if it does not type-check */
export function celType(expression: string, place: CelPlace): string | undefined {
  return ENVIRONMENTS[place].check(expression).type;
}
