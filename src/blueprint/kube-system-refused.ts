import type { Distribution } from '../settings';

const UNKNOWN = 'what runs there beside DNS and metrics-server is not on record, and would be cut off';

/**
 * Why `kubeSystem` cannot be used on a distribution: the set opens what cluster DNS and metrics-server need, so that anything
 * else in the namespace that is not on the host network would be cut off. Where there is no reason, kube-proxy and CoreDNS
 * are the add-ons.
 *
 * @see https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init-phase/#cmd-phase-addon (kind runs kubeadm)
 * @see https://docs.k3s.io/security/hardening-guide#networkpolicies
 * @see https://docs.rke2.io/security/hardening_guide
 */
export const KUBE_SYSTEM_REFUSED: Readonly<Partial<Record<Distribution, string>>> = {
  k3s: 'Traefik and its load balancer run there too, and would be cut off',
  rke2: "it brings network policies of its own for that namespace, with 'profile: cis'",
  talos: UNKNOWN,
  eks: UNKNOWN,
  gke: UNKNOWN,
  aks: UNKNOWN,
};
