/** From the first number to before the last one. */
export interface Interval<T extends number | bigint> {
  readonly start: T;
  /** Not in it. */
  readonly end: T;
}

/** Numbers as intervals: sorted, apart from each other, none empty. */
export class IntervalSet<T extends number | bigint> {
  /** The union of the intervals. */
  public static of<T extends number | bigint>(intervals: readonly Interval<T>[]): IntervalSet<T> {
    const merged: Interval<T>[] = [];
    for (const { start, end } of intervals.filter((one) => one.start < one.end).sort(byStart)) {
      const previous = merged.at(-1);
      if (previous && start <= previous.end) {
        merged[merged.length - 1] = { start: previous.start, end: end > previous.end ? end : previous.end };
      } else {
        merged.push({ start, end });
      }
    }
    return new IntervalSet(merged);
  }

  private constructor(public readonly intervals: readonly Interval<T>[]) {}

  public get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  /** Whether every number of the interval is in the set. */
  public covers({ start, end }: Interval<T>): boolean {
    return start >= end || this.intervals.some((interval) => interval.start <= start && interval.end >= end);
  }

  public union(other: IntervalSet<T>): IntervalSet<T> {
    return IntervalSet.of([...this.intervals, ...other.intervals]);
  }

  public intersect(other: IntervalSet<T>): IntervalSet<T> {
    return IntervalSet.of(
      this.intervals.flatMap((a) =>
        other.intervals.map((b) => ({ start: a.start > b.start ? a.start : b.start, end: a.end < b.end ? a.end : b.end })),
      ),
    );
  }

  /** What is in this one and not in the other. */
  public minus(other: IntervalSet<T>): IntervalSet<T> {
    return IntervalSet.of(
      other.intervals.reduce(
        (left, hole) =>
          left.flatMap(({ start, end }) => [
            { start, end: hole.start < end ? hole.start : end },
            { start: hole.end > start ? hole.end : start, end },
          ]),
        this.intervals,
      ),
    );
  }
}

function byStart<T extends number | bigint>(a: Interval<T>, b: Interval<T>): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
}
