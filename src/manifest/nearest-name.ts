/** The name that was probably meant: the one of `known` with the fewest edits, as long as most of it is as it was written. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, written.length / 3);
  const near = known
    .filter((candidate) => Math.abs(candidate.length - written.length) <= most) // each letter more is an edit
    .map((candidate) => ({ candidate, steps: distance(written.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= most ? near.candidate : undefined;
}

/** Edits from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
