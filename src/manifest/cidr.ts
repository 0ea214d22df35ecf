import { BlockList, isIP } from 'node:net';

/** An address range of IPv4 or IPv6, as the API server's CEL library has it. */
export class Cidr {
  /** @throws if the text is no range in CIDR form, as in the API server */
  public static parse(text: string): Cidr {
    const [address = '', length, ...rest] = text.split('/');
    const family = isIP(address);
    const bits = Number(length);
    if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || bits > (family === 4 ? 32 : 128)) {
      throw new Error(`'${text}' is not a range of addresses in CIDR form`);
    }
    return new Cidr(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }

  private readonly list = new BlockList();

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
}
