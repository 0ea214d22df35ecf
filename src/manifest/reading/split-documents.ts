/** A document of a YAML stream, not parsed yet. */
export interface DocumentText {
  readonly text: string;
  /** Line of the stream that it begins on; the first is 1. */
  readonly line: number;
  /** Why kubectl would refuse it before it reads it; absent where it would not. */
  readonly problem?: string;
}

/** Nothing, or a comment that is one to every reader: no character in it that some take for a line break. */
const EMPTY_LINE = /^[ \t]*(?:#[^\r\n\u0085\u2028\u2029]*)?\r?\n?$/;

/**
 * Cuts a YAML stream into documents as kubectl does (k8s.io/apimachinery, YAMLReader): at every line that begins with
 * `---`. One at a time, so that a long stream is never in memory as parsed documents all at once. Those that hold nothing
 * but comments are left out: Helm writes many.
 */
export function* splitDocuments(stream: string): Generator<DocumentText> {
  let part = { start: 0, line: 1, problem: undefined as string | undefined, empty: true };
  let line = 1;
  for (let start = 0; start < stream.length; line += 1) {
    const end = stream.indexOf('\n', start) + 1 || stream.length;
    if (stream.startsWith('---', start)) {
      yield* documentOf(stream.slice(part.start, start), part);
      part = { start: end, line: line + 1, problem: separatorProblem(stream.slice(start, end)), empty: true };
    } else if (part.empty) {
      part.empty = EMPTY_LINE.test(stream.slice(start, end));
    }
    start = end;
  }
  yield* documentOf(stream.slice(part.start), part);
}

function* documentOf(text: string, { line, problem, empty }: { line: number; problem?: string; empty: boolean }): Generator<DocumentText> {
  if (!empty || problem !== undefined) {
    yield { text, line, problem };
  }
}

function separatorProblem(separator: string): string | undefined {
  const rest = separator.slice('---'.length).trim();
  return rest === '' || rest.startsWith('#') ? undefined : "only a comment may stand behind the '---' above it";
}
