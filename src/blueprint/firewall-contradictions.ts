import { clusterProblems, firewallProblems } from '../control-plane';
import type { ClusterProblem } from '../control-plane';
import type { Distribution } from '../settings';
import type { Mistake } from './describe-issue';
import { valueAt } from './plain-data';
import { firewall as firewallSchema, hosts as hostsSchema, network as networkSchema } from './schema-firewall';

/** Addresses of the cluster that cannot be, and a firewall that would shut everybody out or come to nothing. */
export function firewallContradictions(document: unknown): Mistake[] {
  const at = (...path: string[]): unknown => valueAt(document, path);
  const missing = at('firewall') === undefined ? [] : ['hosts', 'network'].filter((key) => at('cluster', key) === undefined);
  const hosts = hostsSchema.safeParse(at('cluster', 'hosts'));
  const network = networkSchema.safeParse(at('cluster', 'network'));
  const firewall = firewallSchema.safeParse(at('firewall'));
  if (!hosts.success || !network.success) {
    return missing.map((key) => ({
      path: ['firewall'],
      message: `the firewall is made from addresses (control NET-11). Add cluster.${key}.`,
    }));
  }
  const cluster = { distribution: at('cluster', 'distribution') as Distribution, hosts: hosts.data, network: network.data };
  return [...clusterProblems(cluster), ...(firewall.data ? firewallProblems(firewall.data, cluster) : [])].map(mistake);
}

function mistake({ field, message, control, remedy }: ClusterProblem): Mistake {
  const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { path: path[0] === 'firewall' ? path : ['cluster', ...path], message: `${message} (control ${control}). ${remedy}` };
}
