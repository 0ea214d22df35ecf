import { Access, adminPowerOf, completing, effectiveProblems } from './access';
import type { Ability, BoundSubject, gives, Grant, SubjectAccess } from './access';
import { artifactsRule } from './artifacts-rule';
import type { Problem } from './artifacts-rule';

/** A way to all Secrets of a namespace. */
interface Way {
  readonly needs: readonly Ability[];
  readonly what: string;
  /** Whether it is a way for this subject. @default - for everybody */
  readonly who?: (subject: BoundSubject) => boolean;
  /** What counts. @default - what any role gives */
  readonly has?: typeof gives;
}

/** Whoever runs a pod can mount every Secret of its namespace into it. */
const WAYS: readonly Way[] = [
  // Of a role in the tree, `rbac-secrets` says it at the role.
  { needs: ['read Secrets'], what: 'read them', has: ({ builtIn }, ability) => builtIn.has(ability) },
  { needs: ['run pods', 'read logs'], what: 'run pods that mount them, and read their logs' },
  { needs: ['run pods', 'enter pods'], what: 'run pods that mount them, and enter these' },
  { needs: ['run pods'], what: 'run pods that mount them, by a token that lies in a pod', who: ({ machine }) => machine },
];

/**
 * Nobody reads all Secrets of a namespace, also not through several roles. Who only runs pods, and sees nothing of what is
 * in them, is a deployer: a person or pipeline is trusted with that, a service account is not, since its token lies in a pod.
 * Secrets by name are no finding. Of who is as good as cluster-admin, `rbac-effective-admin` speaks.
 */
export const rbacEffectiveSecrets = artifactsRule({
  id: 'rbac-effective-secrets',
  controls: ['NET-25'],
  message: 'completes access to all Secrets of a namespace',
  remedy:
    'name the Secrets (Permission.read(Resource.SECRETS, [name])); keep running pods and seeing into them apart (ci-deployer, developer)',
  problems: (inventory) => Access.of(inventory).subjects.flatMap(problemsOf),
});

function problemsOf(access: SubjectAccess): Problem[] {
  const { subject, everywhere, inNamespaces } = access;
  const admin = adminPowerOf(access);
  const spokenOf = (namespace?: string): boolean => admin !== undefined && admin.namespace === namespace;
  if (spokenOf()) {
    return [];
  }
  const found = waysOf(subject, everywhere);
  return found.length > 0
    ? found
    : [...inNamespaces]
        .filter(([namespace]) => !spokenOf(namespace))
        .flatMap(([namespace, grants]) => waysOf(subject, [...everywhere, ...grants], namespace));
}

/** The first way that is open. */
function waysOf(subject: BoundSubject, grants: readonly Grant[], namespace?: string): Problem[] {
  return WAYS.filter(({ who }) => who?.(subject) ?? true)
    .flatMap(({ needs, what, has }) => effectiveProblems(subject, completing(grants, needs, has) ?? [], what, namespace))
    .slice(0, 1);
}
