import { isIPv4 } from 'node:net';
import { Cidr, METADATA_ADDRESSES } from '../../manifest';
import type * as kplus from '../kplus';

/** IPv4-mapped IPv6 addresses, which network plugins do not agree on. */
const MAPPED = Cidr.parse('::ffff:0:0/96');

/**
 * A checked `ipBlock`. The cloud metadata addresses in the range are excepted, unless the range is such an address
 * itself: then it stays as written, and the rule about metadata addresses speaks.
 *
 * @throws if a range is not in CIDR form, has host bits, or if `except` is not a smaller range within `cidr`
 */
export function ipBlock(cidr: string, except: readonly string[] = []): kplus.k8s.IpBlock {
  const block = parse(cidr);
  const holes = except.map(parse);
  for (const hole of holes) {
    if (!block.containsCidr(hole) || hole.bits === block.bits) {
      throw new Error(
        `except ${text(hole)} is not a smaller range within ${text(block)}: the API server refuses it. ` +
          `Leave it out, or except a part of ${text(block)}.`,
      );
    }
  }
  const open = METADATA_ADDRESSES.map(({ address }) => hostRange(address)).filter(
    (address) => block.containsCidr(address) && address.bits > block.bits && !holes.some((hole) => hole.containsCidr(address)),
  );
  const excepted = [...holes, ...open].map(text);
  return { cidr: text(block), ...(excepted.length > 0 ? { except: [...new Set(excepted)] } : {}) };
}

/** The range of one address, `/32` or `/128`. @throws if it is no address */
export function hostRange(address: string): Cidr {
  return parse(`${address}/${isIPv4(address) ? 32 : 128}`);
}

/** `address/length`. */
export function text({ address, bits }: Cidr): string {
  return `${address}/${bits}`;
}

/** Parses a range in the one form that every reader agrees on: without host bits, IPv6 as in RFC 5952. */
function parse(cidr: string): Cidr {
  if (cidr.includes('%')) {
    throw new Error(`'${cidr}' names a network interface ('%'): a range in a network policy has none. Give the range alone.`);
  }
  const { address, bits, family } = Cidr.parse(cidr);
  if (family === 'ipv6' && bits >= MAPPED.bits && MAPPED.containsIP(address)) {
    throw new Error(`'${cidr}' is an IPv4 range in the IPv6 form. Give it in the IPv4 form.`);
  }
  const width = family === 'ipv4' ? 32 : 128;
  const host = BigInt(width - bits);
  const network = ((family === 'ipv4' ? number(address.split('.'), 10, 8n) : number(groups(address), 16, 16n)) >> host) << host;
  const canonical = `${family === 'ipv4' ? ipv4(network) : ipv6(network)}/${bits}`;
  if (canonical !== cidr) {
    throw new Error(`'${cidr}' is not in the canonical form, so readers could differ on what it means. Write '${canonical}'.`);
  }
  return Cidr.parse(canonical);
}

function number(parts: readonly string[], radix: 10 | 16, bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) + BigInt(radix === 16 ? `0x${part}` : part), 0n);
}

function ipv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

function ipv6(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return compact(parts.join(':'));
}

/** The eight groups of an IPv6 address. */
function groups(address: string): string[] {
  const [head = '', tail] = compact(address).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

/** RFC 5952 form: the URL parser of Node makes it. */
function compact(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
