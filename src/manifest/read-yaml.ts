import * as fs from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** Largest file that is read. A hand-written settings file has some kilobytes. */
export const MAX_YAML_BYTES = 1024 * 1024;

/** Aliases that a document may resolve: hostile YAML grows exponentially through them. */
const MAX_ALIASES = 50;

/** A YAML document that was read from untrusted text, with the position of everything in it. */
export interface YamlDocument {
  /** File name for errors, as it was given. */
  readonly file: string;
  /** The document as plain data. */
  readonly value: unknown;
  /** `file:line:column` of what lies at this path; of the nearest thing above it that is written there. */
  positionOf(path: readonly PropertyKey[]): string;
}

/**
 * Reads one YAML 1.2 document: core schema only, every key once, no custom tags, bounded size and aliases.
 *
 * @throws with `file:line:column` of every error
 */
export function readYaml(file: string): YamlDocument {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new Error(`${file}: there is no such file. Run this in the folder that has it, or name another.`);
  }
  if (stats.size > MAX_YAML_BYTES) {
    throw new Error(`${file}: it has ${stats.size} bytes, at most ${MAX_YAML_BYTES} are read.`);
  }
  return parseYaml(utf8(fs.readFileSync(file), file), file);
}

/** The text, or an error: a wrong byte that is replaced in silence would be another name than the one that was written. */
function utf8(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file}: it is not UTF-8 text. Save it as UTF-8.`);
  }
}

/** The same for text that is there already; `file` names it in errors. */
export function parseYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    strict: true,
    merge: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const problems = [...document.errors, ...document.warnings].map((error) => `${at(error.pos[0])} ${error.message}`);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return { file, value: plain(document, file), positionOf: (path) => at(offsetOf(document, path)) };
}

/** Resolves the aliases. @throws if one points nowhere, or if they are too many */
function plain(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}. Write out what the aliases stand for.`, { cause: error });
  }
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] | null } | undefined;
    if (node?.range) {
      return node.range[0] ?? 0;
    }
  }
  return 0;
}
