import { SUPPORTED_MINORS } from '../../settings';
import type { Distribution, KubernetesMinor, PlatformSettings } from '../../settings';
import { CLUSTER_INFO_PATH, HEALTH_PATHS } from '../../rules';
import type { AnonymousAuthentication } from './authentication-configuration';

/**
 * Distributions that let no anonymous request in, and ask the API server for its health with credentials. Letting them reach
 * the health paths would be a step back. By the first minor from which that is no longer so: the Talos release for 1.37 has
 * probes for the API server, which are anonymous.
 *
 * @see https://docs.k3s.io/security/hardening-guide
 * @see https://docs.rke2.io/security/cis_self_assessment111
 * @see https://github.com/siderolabs/talos (1.13: internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go; 1.14:
 * internal/app/machined/pkg/controllers/k8s/internal/k8stemplates/apiserver.go)
 */
const CLOSED: Readonly<Partial<Record<Distribution, { readonly until?: KubernetesMinor }>>> = {
  k3s: {},
  rke2: {},
  talos: { until: '1.37' },
};

/** Distributions whose nodes can join with a token, for which they must read the ConfigMap cluster-info without credentials. */
export const TOKEN_JOIN_DISTRIBUTIONS: readonly Distribution[] = ['kubeadm', 'kind'];

/**
 * What anonymous requests reach: the health paths, which kubelets and load balancers ask; nothing where the distribution has a
 * way without them; and cluster-info where nodes join with a token.
 *
 * @throws if nodes of the distribution do not join with a token of this kind
 */
export function anonymousAccess(
  { distribution, minor }: Pick<PlatformSettings, 'distribution' | 'minor'>,
  tokenJoin?: boolean,
): AnonymousAuthentication {
  const joins = tokenJoin ?? distribution === 'kind';
  if (joins && distribution !== undefined && !TOKEN_JOIN_DISTRIBUTIONS.includes(distribution)) {
    throw new Error(
      `access.tokenJoin: nodes of ${distribution} read no cluster-info to join (control AUTH-02). Remove it: it would open that path for nothing.`,
    );
  }
  const closed = distribution && CLOSED[distribution];
  if (closed && (closed.until === undefined || SUPPORTED_MINORS.indexOf(minor) < SUPPORTED_MINORS.indexOf(closed.until))) {
    return { enabled: false };
  }
  return { enabled: true, conditions: [...HEALTH_PATHS, ...(joins ? [CLUSTER_INFO_PATH] : [])].map((path) => ({ path })) };
}
