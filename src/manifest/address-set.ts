import type { Cidr } from './cidr';

/** A range of addresses without some ranges in it: what an `ipBlock` is. */
export interface AddressBlock {
  readonly range: Cidr;
  readonly except: readonly Cidr[];
}

/** From the first to the last address, as numbers. */
interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses of one family in any of some blocks. */
export class AddressSet {
  /** The union of the blocks of this family. */
  public static of(blocks: readonly AddressBlock[], family: Cidr['family']): AddressSet {
    return new AddressSet(union(blocks.filter(({ range }) => range.family === family).flatMap(intervals)));
  }

  private constructor(private readonly intervals: readonly Interval[]) {}

  /** Whether every address of the range is in the set. The range is of the set's family. */
  public covers({ first, last }: Interval): boolean {
    return this.intervals.some((interval) => interval.first <= first && interval.last >= last);
  }
}

/** What is left of the range between its exceptions. One that lies outside is none. */
function intervals({ range, except }: AddressBlock): Interval[] {
  const left: Interval[] = [];
  let { first } = range;
  for (const hole of union(except.filter((one) => range.containsCidr(one)))) {
    if (hole.first > first) {
      left.push({ first, last: hole.first - 1n });
    }
    first = hole.last + 1n;
  }
  return first <= range.last ? [...left, { first, last: range.last }] : left;
}

/** Sorted, with those that touch made one. */
function union(all: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { first, last } of [...all].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (previous && first <= previous.last + 1n) {
      merged[merged.length - 1] = { first: previous.first, last: last > previous.last ? last : previous.last };
    } else {
      merged.push({ first, last });
    }
  }
  return merged;
}
