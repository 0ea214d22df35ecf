import { celProblem } from './environment';
import type { CelPlace } from './environment';

/** Functions and macros whose verdict was seen to be the same on a real API server and here. */
const ALLOWED = new Set([
  'all',
  'compareTo',
  'contains',
  'containsIP',
  'cidr',
  'dyn',
  'endsWith',
  'exists',
  'exists_one',
  'filter',
  'has',
  'hasValue',
  'int',
  'join',
  'lowerAscii',
  'map',
  'matches',
  'orValue',
  'quantity',
  'size',
  'split',
  'startsWith',
  'string',
  'substring',
  'trim',
  'type',
]);

/** Regular expressions that mean the same in RE2 and in JavaScript, and that take linear time in both. */
const SAFE_REGEX = /^(?:\\[.\-/]|\[\^?(?:\\[.\-/\]]|[^\]\\[])+\]|[^\\[\](){}*+?|]|[*+?](?![*+?])|\{\d+(?:,\d*)?\}|\((?!\?)|\)|\|)*$/;
const NESTED_QUANTIFIER = /\([^()]*[*+][^()]*\)[*+{]/;

/**
 * Why an expression is outside the subset in which the API server and this project agree; empty if it is inside.
 * Held by a test over every rule.
 */
export function lintCel(expression: string): string[] {
  return lint(expression, 'rule');
}

/** The same of an expression in an admission policy, which also sees `oldObject` and `request`. */
export function lintPolicyCel(expression: string): string[] {
  return lint(expression, 'policy');
}

function lint(expression: string, place: CelPlace): string[] {
  const problem = celProblem(expression, place);
  const code = withoutStrings(expression);
  return [
    ...(problem === undefined ? [] : [`does not compile: ${problem}`]),
    ...[...code.matchAll(/([A-Za-z_]\w*)\s*\(/g)]
      .filter(([, name]) => !ALLOWED.has(name as string))
      .map(([, name]) => `uses ${name}(), which is not in the subset`),
    ...(/\bhas\([^()]*\[/.test(code) ? ['has() with an index: the API server takes it, this evaluator does not'] : []),
    ...(/\.(?:all|exists|exists_one|map|filter)\(\s*\w+\s*,\s*\w+\s*,/.test(code) ? ['a macro with two variables'] : []),
    ...(/[{[,]\s*\?/.test(code.replaceAll('[?', '')) ? ['an optional entry in a literal'] : []),
    ...regexProblems(expression),
  ];
}

function regexProblems(expression: string): string[] {
  return [...expression.matchAll(/\.matches\(\s*(.)/g)].flatMap((match) => {
    const rest = expression.slice(match.index + match[0].length - 1);
    const literal = /^'((?:[^'\\]|\\.)*)'\s*\)/.exec(rest);
    if (!literal) {
      return ['matches() with something other than one literal'];
    }
    const regex = (literal[1] as string).replaceAll('\\\\', '\\');
    return SAFE_REGEX.test(regex) && !NESTED_QUANTIFIER.test(regex) ? [] : [`the regular expression ${regex} is not safe in both engines`];
  });
}

function withoutStrings(expression: string): string {
  return expression.replace(/'(?:[^'\\]|\\.)*'/g, "''");
}
