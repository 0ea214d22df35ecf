import { BlockList, isIP } from 'node:net';

/** IPv4-mapped IPv6 addresses, which readers do not agree on. */
const MAPPED = '::ffff:0:0';
const MAPPED_BITS = 96;

/** An address range of IPv4 or IPv6, as the API server's CEL library has it. */
export class Cidr {
  /** @throws if the text is no range in CIDR form, as in the API server */
  public static parse(text: string): Cidr {
    const [address = '', length, ...rest] = text.split('/');
    const family = isIP(address);
    const bits = Number(length);
    if (address.includes('%')) {
      throw new Error(`'${text}' names a network interface ('%'): a range of addresses has none. Give the range alone.`);
    }
    if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || bits > (family === 4 ? 32 : 128)) {
      throw new Error(`'${text}' is not a range of addresses in CIDR form`);
    }
    return new Cidr(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }

  /**
   * A range in the one form that every reader agrees on: no host bits, no interface, IPv6 as in RFC 5952, IPv4 never as IPv6.
   *
   * @throws with the form to write, if the text is a range in another one
   */
  public static canonical(text: string): Cidr {
    const range = Cidr.parse(text);
    const { address, bits, family, first } = range;
    if (family === 'ipv6' && bits >= MAPPED_BITS && new Cidr(MAPPED, MAPPED_BITS, 'ipv6').containsIP(address)) {
      throw new Error(`'${text}' is an IPv4 range in the IPv6 form. Give it in the IPv4 form.`);
    }
    const canonical = `${family === 'ipv4' ? ipv4(first) : ipv6(first)}/${bits}`;
    if (canonical !== text) {
      throw new Error(`'${text}' is not in the canonical form, so readers could differ on what it means. Write '${canonical}'.`);
    }
    return range;
  }

  /** The range of one address, `/32` or `/128`. @throws if it is no address, or not in its canonical form */
  public static ofAddress(address: string): Cidr {
    return Cidr.canonical(`${address}/${isIP(address) === 4 ? 32 : 128}`);
  }

  private readonly list = new BlockList();
  private network?: bigint;

  private constructor(
    public readonly address: string,
    public readonly bits: number,
    public readonly family: 'ipv4' | 'ipv6',
  ) {
    this.list.addSubnet(address, bits, family);
  }

  /** Whether the address is of this family and in this range. */
  public containsIP(address: string): boolean {
    const family = isIP(address);
    if (family === 0) {
      throw new Error(`'${address}' is not an address`);
    }
    return (family === 4 ? 'ipv4' : 'ipv6') === this.family && this.list.check(address, this.family);
  }

  /** Whether the whole of the other range lies in this one. */
  public containsCidr(other: Cidr): boolean {
    return other.family === this.family && other.bits >= this.bits && this.containsIP(other.address);
  }

  /** Whether an address is in both. */
  public overlaps(other: Cidr): boolean {
    return this.containsCidr(other) || other.containsCidr(this);
  }

  /** First address, as a number. */
  public get first(): bigint {
    this.network ??= (numberOf(this.address, this.family) >> this.hostBits) << this.hostBits;
    return this.network;
  }

  /** Last address, as a number. */
  public get last(): bigint {
    return this.first + (1n << this.hostBits) - 1n;
  }

  /** `address/length`, as it was written. */
  public toString(): string {
    return `${this.address}/${this.bits}`;
  }

  private get hostBits(): bigint {
    return BigInt((this.family === 'ipv4' ? 32 : 128) - this.bits);
  }
}

function numberOf(address: string, family: Cidr['family']): bigint {
  return family === 'ipv4' ? number(address.split('.'), 10, 8n) : number(groups(address), 16, 16n);
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
