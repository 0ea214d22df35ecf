import { Cidr, METADATA_ADDRESSES } from '../../manifest';
import type * as kplus from '../kplus';

/**
 * A checked `ipBlock`. The cloud metadata addresses in the range are excepted, unless the range is such an address
 * itself: then it stays as written, and the rule about metadata addresses speaks.
 *
 * @throws if a range is not in CIDR form, has host bits, or if `except` is not a smaller range within `cidr`
 */
export function ipBlock(cidr: string, except: readonly string[] = []): kplus.k8s.IpBlock {
  const block = Cidr.canonical(cidr);
  const holes = except.map((range) => Cidr.canonical(range));
  for (const hole of holes) {
    if (!block.containsCidr(hole) || hole.bits === block.bits) {
      throw new Error(
        `except ${hole} is not a smaller range within ${block}: the API server refuses it. ` +
          `Leave it out, or except a part of ${block}.`,
      );
    }
  }
  const open = METADATA_ADDRESSES.map(({ address }) => Cidr.ofAddress(address)).filter(
    (address) => block.containsCidr(address) && address.bits > block.bits && !holes.some((hole) => hole.containsCidr(address)),
  );
  const excepted = [...holes, ...open].map(String);
  return { cidr: String(block), ...(excepted.length > 0 ? { except: [...new Set(excepted)] } : {}) };
}
