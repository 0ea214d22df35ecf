/** A file that cannot be read at all. */
export class UnreadableFile extends Error {
  public constructor(
    public readonly file: string,
    /** What is wrong and how to mend it. */
    public readonly problem: string,
  ) {
    super(`${file}: ${problem}`);
  }
}
