import type { KubeObject } from '../../manifest';
import type { PlatformSettings } from '../../settings';
import { compileCel, toCel } from './environment';
import type { CelContext, CelProgram } from './environment';
import { celVariables } from './variables';
import type { CelVariable } from './variables';

const PROGRAMS = new Map<string, CelProgram>();

/** What the last object that was asked for looks like. */
let last: { readonly object: KubeObject; readonly settings: PlatformSettings; readonly context: CelContext } | undefined;

/** Evaluates an expression, compiled once. @throws what the API server would count as a refusal */
export function evaluate(expression: string, context: CelContext): unknown {
  let program = PROGRAMS.get(expression);
  if (!program) {
    program = compileCel(expression);
    PROGRAMS.set(expression, program);
  }
  return program(context);
}

/**
 * What expressions about this object see. Kept until another object is asked for: the rules are asked object by object, and
 * ten thousand objects are not to be in memory twice.
 */
export function contextOf(object: KubeObject, settings: PlatformSettings): CelContext {
  if (last?.object !== object || last.settings !== settings) {
    last = { object, settings, context: withVariables({ object: toCel(object) }, celVariables(settings)) };
  }
  return last.context;
}

/** The context with variables. Lazy, as in the API server: one that fails for a kind does no harm where it is not used. */
export function withVariables(seen: Omit<CelContext, 'variables'>, declared: readonly CelVariable[]): CelContext {
  const variables = {};
  const context = { ...seen, variables };
  for (const { name, expression } of declared) {
    let answer: { readonly value: unknown } | { readonly error: unknown } | undefined;
    const get = (): unknown => {
      answer ??= attempt(() => evaluate(expression, context));
      if ('error' in answer) {
        throw answer.error;
      }
      return answer.value;
    };
    Object.defineProperty(variables, name, { enumerable: true, get });
  }
  return context;
}

function attempt(body: () => unknown): { readonly value: unknown } | { readonly error: unknown } {
  try {
    return { value: body() };
  } catch (error) {
    return { error };
  }
}
