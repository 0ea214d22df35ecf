import type { Ability } from './abilities';
import { completing } from './access';
import type { Grant, SubjectAccess } from './access';

/**
 * What together is as good as cluster-admin: any role for oneself, or every Secret and pods that run as any service account.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export const ADMIN_POWERS: readonly (readonly Ability[])[] = [
  ['do everything'],
  ['write role bindings', 'bind'],
  ['write roles', 'escalate'],
  ['run pods', 'read Secrets'],
];

/** Namespace whose service accounts are the controllers of Kubernetes: to have it is to have the cluster. */
export const SYSTEM_NAMESPACE = 'kube-system';

/** Abilities of a subject, and the grants that it takes. */
export interface EffectivePower {
  readonly abilities: readonly Ability[];
  /** In the order of the bindings; the last one completes it. */
  readonly grants: readonly Grant[];
  /** Namespace in which it holds; undefined: in every namespace. */
  readonly namespace?: string;
}

/** The first power of cluster-admin that a subject has in sum, in every namespace or in kube-system. */
export function adminPowerOf({ everywhere, inNamespaces }: SubjectAccess): EffectivePower | undefined {
  const local = inNamespaces.get(SYSTEM_NAMESPACE);
  return powerOf(everywhere) ?? (local && powerOf([...everywhere, ...local], SYSTEM_NAMESPACE));
}

function powerOf(grants: readonly Grant[], namespace?: string): EffectivePower | undefined {
  return ADMIN_POWERS.flatMap((abilities) => {
    const needed = completing(grants, abilities);
    return needed ? [{ abilities, grants: needed, namespace }] : [];
  })[0];
}
