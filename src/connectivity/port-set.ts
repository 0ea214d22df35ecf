import { IntervalSet } from '../manifest';

/** Protocols that have ports, as a NetworkPolicy names them. */
export const PORT_PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
export type PortProtocol = (typeof PORT_PROTOCOLS)[number];

/** Ports of one protocol, from the first to the last. */
export interface PortRange {
  readonly protocol: PortProtocol;
  readonly first: number;
  readonly last: number;
}

const EVERY = IntervalSet.of<number>([{ start: 1, end: 65_536 }]);

/** Ports of all protocols. */
export class PortSet {
  /** No port at all. */
  public static readonly NONE = PortSet.of([]);
  /** Every port of every protocol. */
  public static readonly EVERY = PortSet.of(PORT_PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: 65_535 })));

  public static of(ranges: readonly PortRange[]): PortSet {
    return PortSet.map((protocol) =>
      IntervalSet.of(ranges.filter((range) => range.protocol === protocol).map(({ first, last }) => ({ start: first, end: last + 1 }))),
    );
  }

  private static map(portsOf: (protocol: PortProtocol) => IntervalSet<number>): PortSet {
    return new PortSet({ TCP: portsOf('TCP'), UDP: portsOf('UDP'), SCTP: portsOf('SCTP') });
  }

  private constructor(private readonly ports: Readonly<Record<PortProtocol, IntervalSet<number>>>) {}

  public get isEmpty(): boolean {
    return PORT_PROTOCOLS.every((protocol) => this.ports[protocol].isEmpty);
  }

  /** Whether it is every port of every protocol. */
  public get isEvery(): boolean {
    return PORT_PROTOCOLS.every((protocol) => EVERY.minus(this.ports[protocol]).isEmpty);
  }

  /** The ranges, by protocol and number. */
  public get ranges(): PortRange[] {
    return PORT_PROTOCOLS.flatMap((protocol) =>
      this.ports[protocol].intervals.map(({ start, end }) => ({ protocol, first: start, last: end - 1 })),
    );
  }

  public has(protocol: PortProtocol, port: number): boolean {
    return this.ports[protocol].covers({ start: port, end: port + 1 });
  }

  public union(other: PortSet): PortSet {
    return PortSet.map((protocol) => this.ports[protocol].union(other.ports[protocol]));
  }

  public intersect(other: PortSet): PortSet {
    return PortSet.map((protocol) => this.ports[protocol].intersect(other.ports[protocol]));
  }

  /** What is in this one and not in the other. */
  public minus(other: PortSet): PortSet {
    return PortSet.map((protocol) => this.ports[protocol].minus(other.ports[protocol]));
  }

  /** Such as `TCP 8080, UDP 53, TCP 30000-32767`; `every port`; `none`. */
  public toString(): string {
    if (this.isEvery) {
      return 'every port';
    }
    const ranges = this.ranges.map(({ protocol, first, last }) => {
      return first === 1 && last === 65_535 ? `every ${protocol} port` : `${protocol} ${first === last ? first : `${first}-${last}`}`;
    });
    return ranges.join(', ') || 'none';
  }
}
