import type { Distribution } from '../../settings';
import { CLUSTER_INFO_PATH, HEALTH_PATHS } from '../../rules';
import type { AnonymousAuthentication } from './authentication-configuration';

/**
 * Distributions that let no anonymous request in, and ask the API server for its health with credentials. Letting them reach
 * the health paths would be a step back.
 *
 * @see https://docs.k3s.io/security/hardening-guide
 * @see https://docs.rke2.io/security/cis_self_assessment111
 * @see https://github.com/siderolabs/talos (internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go)
 */
const CLOSED: readonly Distribution[] = ['k3s', 'rke2', 'talos'];

/** Distributions whose nodes can join with a token, for which they must read the ConfigMap cluster-info without credentials. */
export const TOKEN_JOIN_DISTRIBUTIONS: readonly Distribution[] = ['kubeadm', 'kind'];

/**
 * What anonymous requests reach: the health paths, which kubelets and load balancers ask; nothing where the distribution has a
 * way without them; and cluster-info where nodes join with a token.
 *
 * @throws if nodes of the distribution do not join with a token of this kind
 */
export function anonymousAccess(distribution: Distribution | undefined, tokenJoin?: boolean): AnonymousAuthentication {
  const joins = tokenJoin ?? distribution === 'kind';
  if (joins && distribution !== undefined && !TOKEN_JOIN_DISTRIBUTIONS.includes(distribution)) {
    throw new Error(
      `access.tokenJoin: nodes of ${distribution} read no cluster-info to join (control AUTH-02). Remove it: it would open that path for nothing.`,
    );
  }
  if (distribution !== undefined && CLOSED.includes(distribution)) {
    return { enabled: false };
  }
  return { enabled: true, conditions: [...HEALTH_PATHS, ...(joins ? [CLUSTER_INFO_PATH] : [])].map((path) => ({ path })) };
}
