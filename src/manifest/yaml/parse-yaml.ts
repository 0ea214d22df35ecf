import { Composer, Lexer, LineCounter, Parser } from 'yaml';
import type { CST, Document } from 'yaml';
import { plainValue, UnusableNode } from './plain-value';
import { YAML_DIALECTS } from './yaml-dialects';
import type { Dialect, YamlDialect } from './yaml-dialects';
import { YamlError } from './yaml-error';
import { MAX_DOCUMENT_DEPTH, MAX_DOCUMENT_TOKENS, MAX_TOLD_PROBLEMS } from './yaml-limits';

/** Options of `parseYaml`. */
export interface ParseYamlOptions {
  /** @default 'core' */
  readonly dialect?: YamlDialect;
  /**
   * Line of the file that the text begins on.
   *
   * @default 1
   */
  readonly firstLine?: number;
}

/** A YAML document that was read from untrusted text, with the position of everything in it. */
export interface YamlDocument {
  /** File name for errors, as it was given. */
  readonly file: string;
  /** The document as plain data. */
  readonly value: unknown;
  /** `file:line:column` of what lies at this path; of the nearest thing above it that is written there. */
  positionOf(path: readonly PropertyKey[]): string;
  /** The line alone. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads one YAML document from untrusted text: every key once, no custom tags; tokens, depth and what aliases stand for
 * are bounded.
 *
 * @throws {YamlError} with line and column of every mistake
 */
export function parseYaml(text: string, file: string, { dialect = 'core', firstLine = 1 }: ParseYamlOptions = {}): YamlDocument {
  const lines = new LineCounter();
  const placeOf = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  try {
    const document = compose(text, YAML_DIALECTS[dialect], lines);
    const mistakes = [...document.errors, ...document.warnings];
    if (mistakes.length > 0) {
      throw new YamlError(
        file,
        mistakes.slice(0, MAX_TOLD_PROBLEMS).map(({ pos, message }) => ({ ...placeOf(pos[0]), message })),
      );
    }
    const placeAt = (path: readonly PropertyKey[]): { line: number; column: number } => placeOf(offsetOf(document, path));
    return {
      file,
      value: plainValue(document.contents, YAML_DIALECTS[dialect]),
      lineOf: (path) => placeAt(path).line,
      positionOf: (path) => [file, ...Object.values(placeAt(path))].join(':'),
    };
  } catch (error) {
    throw error instanceof UnusableNode ? new YamlError(file, [{ ...placeOf(error.offset), message: error.message }]) : error;
  }
}

/** The one document of the text; an empty one when there is none. */
function compose(text: string, { schema, oddLineBreaks }: Dialect, lines: LineCounter): Document.Parsed {
  // Unique keys are looked after by `plainValue`, which does not take quadratic time for it.
  const composer = new Composer({ version: '1.2', ...schema, uniqueKeys: false, strict: true, merge: false, prettyErrors: false });
  const [document, another] = composer.compose(tokensOf(text, lines), true, text.length);
  const odd = oddLineBreaks?.exec(text);
  if (odd) {
    const code = (odd[0].codePointAt(0) as number).toString(16).padStart(4, '0');
    throw new UnusableNode(`the character \\u${code} is a line break to some readers and not to others. Write \\n instead`, odd.index);
  }
  if (another) {
    throw new UnusableNode("there is more than one document. Put '---' on a line of its own between them", another.range[0]);
  }
  return document as Document.Parsed;
}

/** The tokens of the text, as long as they stay within bounds: nothing that follows needs to defend itself. */
function* tokensOf(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  let tokens = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MAX_DOCUMENT_TOKENS) {
      throw new UnusableNode(`it has more than ${MAX_DOCUMENT_TOKENS} tokens. Split it into several documents`, parser.offset);
    }
    if (parser.stack.length > MAX_DOCUMENT_DEPTH) {
      throw new UnusableNode(`it nests deeper than ${MAX_DOCUMENT_DEPTH} levels`, parser.offset);
    }
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] | null } | undefined;
    if (node?.range) {
      return node.range[0] ?? 0;
    }
  }
  return document.contents?.range[0] ?? 0;
}
