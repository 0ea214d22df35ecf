import { Cidr } from '../../src/manifest';

/** A packet, as far as the port table looks at it. */
export interface Packet {
  readonly from: string;
  readonly protocol: string;
  readonly port: number;
}

/** The sets of a rule set for nftables, by name. */
function setsOf(rules: string): Map<string, Cidr[]> {
  const sets = rules.matchAll(/^ {2}set (\S+) .*elements = \{ (.*?) \}/gm);
  return new Map([...sets].map(([, name, elements]) => [name as string, (elements as string).split(', ').map(range)]));
}

function range(element: string): Cidr {
  return element.includes('/') ? Cidr.parse(element) : Cidr.ofAddress(element);
}

/** Whether a chain accepts the first packet of a connection by one of its rules on source and port. Reads only such rules. */
export function accepts(rules: string, chain: string, { from, protocol, port }: Packet): boolean {
  const sets = setsOf(rules);
  const body = rules.split(`  chain ${chain} {\n`)[1]?.split('\n  }\n')[0] ?? '';
  const family = from.includes(':') ? 'ipv6' : 'ipv4';
  return body.split('\n').some((line) => {
    const rule = /^ {4}(?:ip6? saddr @(\S+)|meta nfproto (\S+)) (tcp|udp) dport (\d+)(?:-(\d+))? accept/.exec(line);
    if (!rule) {
      return false;
    }
    const [, set, only, name, first, last = first] = rule;
    const source = set === undefined ? only === family : (sets.get(set) as Cidr[]).some((each) => each.containsIP(from));
    return source && name === protocol && Number(first) <= port && port <= Number(last);
  });
}
