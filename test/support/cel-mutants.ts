import { serialize } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import { CEL_RULES, celRule, POD_SECURITY_RULES } from '../../src/rules';
import type { CelCheck, CelRule, CelRuleProps, CelVariable } from '../../src/rules';
import { parseCel } from '../../src/rules/cel/environment';

/** Every CEL rule, those too that are a weaker form of another. */
export const ALL_CEL_RULES: readonly CelRule[] = [...new Set([...CEL_RULES, ...POD_SECURITY_RULES.baseline])];

/** A rule with one thing wrong in it. */
export interface Mutant {
  /** `object.holds: dropped "a" of "a && b"`. */
  readonly change: string;
  readonly rule: CelRule;
}

/** A node of the tree that cel-js makes. */
interface CelNode {
  readonly op: string;
  readonly args: unknown;
}

/** Every rule that differs from this one by one step in its CEL trees, or in what it looks at. */
export function mutantsOf(rule: CelRule): Mutant[] {
  const { cel } = rule;
  const made: Mutant[] = [];
  const add = (change: string, props: CelRuleProps): void => void made.push({ change, rule: celRule(props) });
  const mutate = (place: string, text: string, withText: (text: string) => CelRuleProps): void => {
    for (const { change, result } of mutations(text)) {
      add(`${place}: ${change}`, withText(result));
    }
  };
  const check = (place: 'object' | 'container', value: CelCheck): void => {
    mutate(`${place}.holds`, value.holds, (holds) => ({ ...cel, [place]: { ...value, holds } }));
    add(`no ${place} check`, { ...cel, [place]: undefined });
  };
  if (cel.unless !== undefined) {
    mutate('unless', cel.unless, (unless) => ({ ...cel, unless }));
    add('no unless', { ...cel, unless: undefined });
  }
  if (cel.object) {
    check('object', cel.object);
  }
  if (cel.container) {
    check('container', cel.container);
    const lists = ['appContainers', 'boundedContainers', 'containers'] as const;
    const narrower = lists.slice(0, lists.indexOf(cel.container.of ?? 'containers'));
    narrower.forEach((of) => add(`only ${of}`, { ...cel, container: { ...(cel.container as CelCheck), of } }));
  }
  return made;
}

/** The shared variable, one step away each time. */
export function mutantsOfVariable({ expression }: CelVariable): { change: string; result: string }[] {
  return mutations(expression);
}

/** The rule with the shared variables written out, one of them as given; undefined if it does not use that one. */
export function withVariable({ cel }: CelRule, variables: readonly CelVariable[], changed: CelVariable): CelRule | undefined {
  const inline = (by: readonly CelVariable[]): string =>
    [...by]
      .reverse()
      .reduce(
        (text, { name, expression }) => text.replace(new RegExp(`variables\\.${name}\\b`, 'g'), () => quoted(expression)),
        JSON.stringify(cel),
      );
  const text = inline(variables.map((variable) => (variable.name === changed.name ? changed : variable)));
  return text === inline(variables) ? undefined : celRule({ ...(JSON.parse(text) as CelRuleProps), examples: cel.examples });
}

/** An expression in brackets, as it stands inside a JSON string. */
function quoted(expression: string): string {
  return JSON.stringify(`(${expression})`).slice(1, -1);
}

/** Each text one step away. */
function mutations(text: string): { change: string; result: string }[] {
  const found = new Map<string, string>();
  for (const { change, node } of variants(parseCel(text) as CelNode)) {
    const result = print(node);
    found.set(result, found.get(result) ?? change);
  }
  return [...found].map(([result, change]) => ({ change, result }));
}

/** The tree with a step taken at its root, or at one node below. */
function variants(node: CelNode): { change: string; node: CelNode }[] {
  const args = Array.isArray(node.args) ? (node.args as unknown[]) : undefined;
  const below = (args ?? [node.args]).flatMap((arg, index) =>
    inside(arg).map((variant) => ({
      change: variant.change,
      node: { op: node.op, args: args ? args.map((other, place) => (place === index ? variant.arg : other)) : variant.arg },
    })),
  );
  return [...steps(node), ...below];
}

function inside(arg: unknown): { change: string; arg: unknown }[] {
  if (Array.isArray(arg)) {
    return arg.flatMap((item, index) =>
      inside(item).map(({ change, arg: changed }) => ({
        change,
        arg: arg.map((other: unknown, place) => (place === index ? changed : other)),
      })),
    );
  }
  return typeof arg === 'object' && arg !== null && 'op' in arg
    ? variants(arg as CelNode).map(({ change, node }) => ({ change, arg: node }))
    : [];
}

const SWAPPED: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', '>': '>=', '<=': '<' };
const QUANTIFIERS: Readonly<Record<string, string>> = { all: 'exists', exists: 'all' };

/** What can go wrong at this node: a part dropped, a negation, a comparison or a quantifier changed. */
function steps(node: CelNode): { change: string; node: CelNode }[] {
  const args = (Array.isArray(node.args) ? node.args : [node.args]) as CelNode[];
  const step = (change: string, result: CelNode): { change: string; node: CelNode } => ({
    change: `${change} in ${print(node)}`,
    node: result,
  });
  switch (node.op) {
    case '&&':
    case '||':
    case '+':
      return args.map((kept, index) => step(`dropped ${print(args[1 - index] as CelNode)}`, kept));
    case '?:':
      return args.slice(1).map((kept) => step(`always ${print(kept)}`, kept));
    case '!_':
      return [step('no negation', args[0] as CelNode)];
    case 'list':
      return args.length < 2
        ? []
        : args.map((dropped) => step(`dropped ${print(dropped)}`, { op: 'list', args: args.filter((item) => item !== dropped) }));
    case 'rcall': {
      const [name, ...rest] = node.args as [string, ...unknown[]];
      const other = Object.hasOwn(QUANTIFIERS, name) ? QUANTIFIERS[name] : undefined;
      return other === undefined ? [] : [step(other, { op: 'rcall', args: [other, ...rest] })];
    }
    default: {
      const other = Object.hasOwn(SWAPPED, node.op) ? SWAPPED[node.op] : undefined;
      return other === undefined ? [] : [step(other, { op: other, args })];
    }
  }
}

function print(node: CelNode): string {
  return serialize(node as unknown as ASTNode);
}
