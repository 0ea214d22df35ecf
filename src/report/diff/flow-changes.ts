import { addressEndpoint, Connectivity } from '../../connectivity';
import type { Endpoint, PortSet } from '../../connectivity';
import { Cidr } from '../../manifest';
import type { Artifacts } from '../../manifest';
import type { PostureChange, Tendency } from './posture-change';

/** What lies outside: the internet of both families, and the address at which clouds hand out credentials. */
const OUTSIDE = ['0.0.0.0/0', '2000::/3', '169.254.169.254/32'].map((range) => addressEndpoint(Cidr.parse(range)));

/**
 * Ways that are open now and were not, or the reverse, on the ports that are other than before. A way of a workload that is new, or gone,
 * comes and goes with it: neutral.
 */
export function flowChanges(before: Artifacts, after: Artifacts): PostureChange[] {
  const [old, now] = [Connectivity.of(before), Connectivity.of(after)];
  const oldOnes = endpointsOf(old);
  const newOnes = endpointsOf(now);
  const names = [...new Set([...newOnes.keys(), ...oldOnes.keys()])];
  const portsIn = (connectivity: Connectivity, from: Endpoint | undefined, to: Endpoint | undefined): PortSet | undefined =>
    from && to && (from.pod ?? to.pod) ? connectivity.reachable(from, to).ports : undefined;
  return names.flatMap((from) =>
    names.flatMap((to) => {
      const was = portsIn(old, oldOnes.get(from), oldOnes.get(to));
      const is = portsIn(now, newOnes.get(from), newOnes.get(to));
      return compared(`${from} → ${to}`, was, is);
    }),
  );
}

function endpointsOf({ workloads }: Connectivity): Map<string, Endpoint> {
  return new Map([...workloads, ...OUTSIDE].map((endpoint) => [endpoint.name, endpoint]));
}

function compared(way: string, was: PortSet | undefined, is: PortSet | undefined): PostureChange[] {
  const change = (tendency: Tendency, what: string): PostureChange => ({ subject: 'flow', tendency, control: 'NET-04', what });
  if (was === undefined || is === undefined) {
    const ports = was ?? is;
    return ports === undefined || ports.isEmpty
      ? []
      : [change('neutral', `${way} ${ports}${is ? ', a new workload' : ' (gone with its workload)'}`)];
  }
  const [opened, closed] = [is.minus(was), was.minus(is)];
  return [
    ...(opened.isEmpty ? [] : [change('looser', `${way} ${opened}`)]),
    ...(closed.isEmpty ? [] : [change('stricter', `${way} ${closed} (no more)`)]),
  ];
}
