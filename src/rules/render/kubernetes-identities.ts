import { listLiteral } from '../cel';
import type { ExemptIdentities } from '../../settings';

/** An identity of Kubernetes itself that a policy must let work, and why. */
export interface KubernetesIdentity {
  readonly user: string;
  readonly reason: string;
}

const CONTROLLER_MANAGER: KubernetesIdentity = {
  user: 'system:kube-controller-manager',
  reason: 'all controllers act as this one user where --use-service-account-credentials is off',
};

/** Who keeps the roles that Kubernetes brings: they hold wildcards and Secrets, and come back by themselves. */
export const ROLE_KEEPERS: readonly KubernetesIdentity[] = [
  { user: 'system:apiserver', reason: 'writes the default roles and bindings again at every start of the API server' },
  {
    user: 'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
    reason: 'gathers the rules of admin, edit, view and every other aggregated ClusterRole',
  },
  CONTROLLER_MANAGER,
];

/**
 * Who must be able to delete what is guarded. The controllers of quotas and service accounts are not among them: they write
 * the status of a quota, and create service accounts, which the guards do not look at.
 */
export const NAMESPACE_CLEANERS: readonly KubernetesIdentity[] = [
  {
    user: 'system:serviceaccount:kube-system:namespace-controller',
    reason: 'deletes what is in a namespace that somebody who may has deleted',
  },
  {
    user: 'system:serviceaccount:kube-system:generic-garbage-collector',
    reason: 'deletes what has lost its owner; the guards let nobody else give an owner to what they guard',
  },
  CONTROLLER_MANAGER,
];

/** True, in CEL, when the request comes from somebody else than these. */
export function comesFromOthers({ users = [], groups = [] }: ExemptIdentities): string {
  return [
    ...(users.length > 0 ? [`!(request.userInfo.username in ${listLiteral(users)})`] : []),
    ...(groups.length > 0 ? [`!request.userInfo.?groups.orValue([]).exists(g, g in ${listLiteral(groups)})`] : []),
  ].join(' && ');
}
