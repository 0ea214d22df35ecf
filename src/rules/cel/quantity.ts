/** Powers of the suffixes that Kubernetes quantities may have: decimal ones as exponents of 10, binary ones of 2. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

const QUANTITY = /^([+-]?)(\d+)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|(n|u|m|k|M|G|T|P|E|[KMGTPE]i))?$/;

/** A Kubernetes resource quantity, exact down to nano, as the API server's CEL library has it. */
export class Quantity {
  /** @throws if the text is no quantity, as in the API server */
  public static parse(text: string): Quantity {
    const match = QUANTITY.exec(text);
    const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match ?? [];
    if (!match || whole + fraction === '') {
      throw new Error(`'${text}' is not a quantity`);
    }
    const binary = Object.hasOwn(BINARY, suffix) ? 2n ** BigInt(BINARY[suffix] as number) : 1n;
    const power = 9 + (exponent === undefined ? (DECIMAL[suffix] ?? 0) : Number(exponent)) - fraction.length;
    const scaled = BigInt(whole + fraction) * binary;
    const nano = power >= 0 ? scaled * 10n ** BigInt(power) : ceilDivide(scaled, 10n ** BigInt(-power));
    return new Quantity(sign === '-' ? -nano : nano);
  }

  private constructor(private readonly nano: bigint) {}

  /** -1, 0 or 1, as CEL's `compareTo`. */
  public compareTo(other: Quantity): bigint {
    return this.nano < other.nano ? -1n : this.nano > other.nano ? 1n : 0n;
  }
}

/** Kubernetes rounds what is finer than nano up. */
function ceilDivide(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
