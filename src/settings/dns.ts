import type { PlatformPods } from './platform-pods';

/** How pods reach cluster DNS. */
export interface DnsSettings extends PlatformPods {
  /** Port that the DNS pods listen on (after Service translation). */
  readonly port: number;
  /** Addresses outside the pod network that answer DNS, in CIDR form: NodeLocal DNSCache. */
  readonly cidrs: readonly string[];
}

/** Link-local address of NodeLocal DNSCache unless its manifest was changed. */
export const NODE_LOCAL_DNS = '169.254.20.10/32';

/** CoreDNS or kube-dns in kube-system, as most distributions have it. */
export function kubeDns(): DnsSettings {
  return { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53, cidrs: [] };
}

/**
 * NodeLocal DNSCache: it runs on the host network, where no pod selector matches, so its address is named. With
 * kube-proxy in iptables mode it also answers on the Service's address: give that too.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export function nodeLocalDns(serviceAddress?: string): DnsSettings {
  return { ...kubeDns(), cidrs: [NODE_LOCAL_DNS, ...(serviceAddress === undefined ? [] : [`${serviceAddress}/32`])] };
}

/** OpenShift: its DNS pods listen on 5353 in openshift-dns. */
export function openshiftDns(): DnsSettings {
  return { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353, cidrs: [] };
}
