import { parseCel } from '../cel/environment';

/** A node of the tree that cel-js makes. */
interface CelNode {
  readonly op: string;
  readonly args: unknown;
}

const MACROS: readonly unknown[] = ['all', 'exists', 'exists_one', 'filter', 'map'];
const SELECTIONS: readonly string[] = ['.', '.?', '[]', '[?]'];

/**
 * Whether an expression goes through a claim with a macro, such as `claims.groups.all(…)`. The API server knows no type for a
 * claim and refuses it ("expression of type 'any' cannot be range of a comprehension"), unless `dyn()` is around the claim.
 */
export function comprehendsUntyped(expression: string): boolean {
  return nodesOf(treeOf(expression)).some(({ op, args }) => {
    const [name, range] = Array.isArray(args) ? (args as unknown[]) : [];
    return op === 'rcall' && MACROS.includes(name) && isClaim(range);
  });
}

/** The text that whatever the expression yields begins with, or every element of it; undefined if none is written. */
export function leadingText(expression: string): string | undefined {
  return leading(treeOf(expression));
}

/** Undefined for what does not parse: the API server says that better. */
function treeOf(expression: string): unknown {
  try {
    return parseCel(expression);
  } catch {
    return undefined;
  }
}

function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function nodesOf(value: unknown): CelNode[] {
  if (Array.isArray(value)) {
    return value.flatMap(nodesOf);
  }
  return isNode(value) ? [value, ...nodesOf(value.args)] : [];
}

/** A claim itself, with or without a default: `claims.x`, `claims['x']`, `claims.?x.orValue([])`. What lies in a claim has a type. */
function isClaim(value: unknown): boolean {
  if (!isNode(value) || !Array.isArray(value.args)) {
    return false;
  }
  const [first, second] = value.args as unknown[];
  return value.op === 'rcall'
    ? (first === 'orValue' || first === 'value') && isClaim(second)
    : SELECTIONS.includes(value.op) && isNode(first) && first.op === 'id' && first.args === 'claims';
}

function leading(value: unknown): string | undefined {
  if (!isNode(value)) {
    return undefined;
  }
  const args = Array.isArray(value.args) ? (value.args as unknown[]) : [];
  switch (value.op) {
    case 'value':
      return typeof value.args === 'string' ? value.args : undefined;
    case '+':
      return leading(args[0]);
    case 'rcall':
      return args[0] === 'map' && Array.isArray(args[2]) ? leading(args[2].at(-1)) : undefined;
    default:
      return undefined;
  }
}
