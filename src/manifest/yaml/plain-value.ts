import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Alias, Node, YAMLMap, YAMLSeq } from 'yaml';
import { MAX_DOCUMENT_DEPTH } from './yaml-limits';

/** A part of a document that does not become plain data. */
export class UnusableNode extends Error {
  public constructor(
    message: string,
    /** Where it begins in the text. */
    public readonly offset: number,
  ) {
    super(message);
  }
}

/** How a document becomes plain data. */
export interface PlainValueOptions {
  /** Whether `<<` merges, as in YAML 1.1, or is a key like others. */
  readonly mergeKeys: boolean;
  /** Most values that aliases and merge keys may stand for, all together. */
  readonly maxAliasedValues: number;
}

/** What an anchor stands for. */
interface Anchored {
  value: unknown;
  /** Values in it, and levels. */
  size: number;
  height: number;
  /** Whether it is being converted, so that an alias to it would lead back to itself. */
  open: boolean;
}

/** Tags that say no more than what plain data is anyway. */
const PLAIN_TAGS = new Set(['!', ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`)]);

/**
 * A parsed document as plain data, in time and space that hostile aliases do not blow up. The parser's own conversion,
 * and its check that keys are unique, take quadratic time in large blocks, and exponential time in nested merge keys.
 *
 * @throws {UnusableNode} if a key is there twice or is no plain text, if a tag makes it something else than plain data, if
 *   an alias has no anchor or leads back to itself, or if the aliases stand for too much
 */
export function plainValue(root: Node | null, options: PlainValueOptions): unknown {
  return new Conversion(options).value(root);
}

class Conversion {
  private readonly anchors = new Map<string, Anchored>();
  private size = 0;
  private aliased = 0;
  private depth = 0;
  private deepest = 0;

  public constructor(private readonly options: PlainValueOptions) {}

  public value(node: unknown): unknown {
    if (isAlias(node)) {
      return this.follow(node);
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) {
      return null; // nothing is written
    }
    this.size += 1;
    if (node.tag !== undefined && !PLAIN_TAGS.has(node.tag)) {
      throw new UnusableNode(
        `the tag ${node.tag} is not read. Remove it, and write the value as text, number, list or block`,
        startOf(node),
      );
    }
    return node.anchor === undefined ? this.content(node) : this.anchor(node.anchor, node);
  }

  private content(node: Node): unknown {
    if (isScalar(node)) {
      return node.value;
    }
    this.depth += 1;
    this.deepest = Math.max(this.deepest, this.depth);
    if ((isSeq(node) || isMap(node)) && node.flow === true) {
      refuseQuestionMarks(node);
    }
    const content = isSeq(node) ? node.items.map((item) => this.value(item)) : this.block(node as YAMLMap);
    this.depth -= 1;
    return content;
  }

  private block(node: YAMLMap): Record<string, unknown> {
    const fields = new Map<string, unknown>();
    const written = new Set<string>();
    for (const { key, value } of node.items) {
      const name = keyOf(key, node);
      if (written.has(name)) {
        throw new UnusableNode(
          `the key '${name}' is there twice. Remove one: which of them counts depends on the reader`,
          startOf(key, node),
        );
      }
      written.add(name);
      if (this.options.mergeKeys && name === '<<' && isScalar(key) && key.type === Scalar.PLAIN) {
        this.merge(fields, value, node);
      } else {
        fields.set(name, this.value(value));
      }
    }
    return Object.fromEntries(fields);
  }

  /**
   * `<<: *base`. As kubectl's reader does it, which is not what YAML says: what is merged replaces what stands before it in
   * the block. Of several sources the first wins.
   */
  private merge(fields: Map<string, unknown>, source: unknown, block: Node): void {
    const sources = isSeq(source) ? [...source.items].reverse() : [source];
    for (const item of sources) {
      const base = this.value(item);
      if (typeof base !== 'object' || base === null || Array.isArray(base)) {
        throw new UnusableNode("the merge key '<<' takes a block, or a list of blocks", startOf(item, block));
      }
      const entries = Object.entries(base);
      this.countAliased(entries.length, block);
      entries.forEach(([name, value]) => fields.set(name, value));
    }
  }

  private anchor(name: string, node: Node): unknown {
    const anchored: Anchored = { value: undefined, size: 0, height: 0, open: true };
    this.anchors.set(name, anchored);
    const before = { size: this.size, deepest: this.deepest };
    this.deepest = this.depth;
    anchored.value = this.content(node);
    anchored.size = this.size - before.size;
    anchored.height = this.deepest - this.depth;
    anchored.open = false;
    this.deepest = Math.max(this.deepest, before.deepest);
    return anchored.value;
  }

  private follow(alias: Alias): unknown {
    const anchored = this.anchors.get(alias.source);
    if (!anchored) {
      throw new UnusableNode(`the alias *${alias.source} has no anchor before it. Write out what it stands for`, startOf(alias));
    }
    if (anchored.open) {
      throw new UnusableNode(`the alias *${alias.source} stands for what it is written in. Write out what is meant`, startOf(alias));
    }
    this.countAliased(anchored.size, alias);
    this.deepest = Math.max(this.deepest, this.depth + anchored.height);
    if (this.depth + anchored.height > MAX_DOCUMENT_DEPTH) {
      throw new UnusableNode(`its aliases nest deeper than ${MAX_DOCUMENT_DEPTH} levels. Write out what they stand for`, startOf(alias));
    }
    return anchored.value;
  }

  private countAliased(values: number, node: Node): void {
    this.size += values;
    this.aliased += values;
    if (this.aliased > this.options.maxAliasedValues) {
      const most = this.options.maxAliasedValues;
      throw new UnusableNode(`its aliases stand for more than ${most} values. Write out what they stand for`, startOf(node));
    }
  }
}

/** A key as JSON has it. */
function keyOf(key: unknown, block: Node): string {
  if (isScalar(key) && ['string', 'number', 'boolean'].includes(typeof key.value)) {
    return String(key.value);
  }
  throw new UnusableNode('a key must be plain text', startOf(key, block));
}

/** In braces and brackets some readers, kubectl's among them, take `?` for the mark of a key, whatever comes behind it. */
function refuseQuestionMarks(node: YAMLMap | YAMLSeq): void {
  for (const item of isSeq(node) ? node.items : node.items.flatMap(({ key, value }) => [key, value])) {
    if (isScalar(item) && item.type === Scalar.PLAIN && item.source?.startsWith('?')) {
      throw new UnusableNode(
        `${item.source} begins with '?', which readers differ on in braces and brackets. Quote it`,
        startOf(item, node),
      );
    }
  }
}

/** Where a node begins; where it has no place of its own, the one around it. */
function startOf(node: unknown, around?: Node): number {
  return (node as Node | undefined)?.range?.[0] ?? around?.range?.[0] ?? 0;
}
