/** A mistake in a YAML text. */
export interface YamlProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A YAML text that cannot be read. The message has one line for each problem, with `file:line:column`. */
export class YamlError extends Error {
  public constructor(
    public readonly file: string,
    public readonly problems: readonly YamlProblem[],
  ) {
    super(problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'));
  }
}
