import * as kplus from '../kplus';

/** A port that a flow may use: the port of the pod, after Service translation, never the port of the Service. */
export class FlowPort {
  /** One TCP port. @throws if it is not 1 to 65535 */
  public static tcp(port: number): FlowPort {
    return new FlowPort('TCP', checked(port));
  }

  /** One UDP port. @throws if it is not 1 to 65535 */
  public static udp(port: number): FlowPort {
    return new FlowPort('UDP', checked(port));
  }

  /** TCP ports from `first` to `last`, both included. @throws if they are not 1 to 65535, in this order */
  public static tcpRange(first: number, last: number): FlowPort {
    if (checked(last) <= checked(first)) {
      throw new Error(
        `ports ${first} to ${last} are no range: the first has to be smaller than the last. ` + `For one port use FlowPort.tcp(${first}).`,
      );
    }
    return new FlowPort('TCP', first, last);
  }

  private constructor(
    public readonly protocol: 'TCP' | 'UDP',
    /** The port, or the first of a range. */
    public readonly port: number,
    /** The last port of a range; undefined for a single port. */
    public readonly endPort?: number,
  ) {}

  /** `TCP 8080`, `TCP 9000-9010`. */
  public toString(): string {
    return `${this.protocol} ${this.port}${this.endPort === undefined ? '' : `-${this.endPort}`}`;
  }

  /**
   * The entry of `ports` in a NetworkPolicy.
   *
   * @internal
   */
  public _toKube(): kplus.k8s.NetworkPolicyPort {
    return { protocol: this.protocol, port: kplus.k8s.IntOrString.fromNumber(this.port), endPort: this.endPort };
  }
}

function checked(port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${port} is not a port: give a whole number from 1 to 65535 (port 0 is refused by the API server).`);
  }
  return port;
}
