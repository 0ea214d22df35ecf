import type { Cidr } from './cidr';
import { IntervalSet } from './interval-set';

/** A range of addresses without some ranges in it: what an `ipBlock` is. */
export interface AddressBlock {
  readonly range: Cidr;
  readonly except: readonly Cidr[];
}

/** Addresses of both families. */
export class AddressSet {
  /** The union of the blocks. An exception that lies outside its block is none. */
  public static of(blocks: readonly AddressBlock[]): AddressSet {
    const ofFamily = (family: Cidr['family']): IntervalSet<bigint> =>
      IntervalSet.of(blocks.filter(({ range }) => range.family === family).flatMap((block) => addressesOf(block).intervals));
    return new AddressSet({ ipv4: ofFamily('ipv4'), ipv6: ofFamily('ipv6') });
  }

  /** The union of ranges. */
  public static ofRanges(ranges: readonly Cidr[]): AddressSet {
    return AddressSet.of(ranges.map((range) => ({ range, except: [] })));
  }

  private constructor(private readonly families: Readonly<Record<Cidr['family'], IntervalSet<bigint>>>) {}

  /** Whether every address of the range is in the set. */
  public covers(range: Cidr): boolean {
    return rangesOf([range]).minus(this.families[range.family]).isEmpty;
  }

  /** Whether an address is in both. */
  public overlaps({ families }: AddressSet): boolean {
    return (['ipv4', 'ipv6'] as const).some((family) => !this.families[family].intersect(families[family]).isEmpty);
  }
}

function addressesOf({ range, except }: AddressBlock): IntervalSet<bigint> {
  return rangesOf([range]).minus(rangesOf(except.filter((one) => range.containsCidr(one))));
}

/** Ranges of one family. */
function rangesOf(ranges: readonly Cidr[]): IntervalSet<bigint> {
  return IntervalSet.of(ranges.map(({ first, last }) => ({ start: first, end: last + 1n })));
}
