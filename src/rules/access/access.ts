import { groupBy, identifiersOf, recordOf, recordsOf, textOf } from '../../manifest';
import type { Manifest } from '../../manifest';
import type { Inventory } from '../inventory';
import { CLUSTER_ROLE_BINDINGS, NAMESPACED_ROLES, ROLE_BINDINGS } from '../match';
import { abilitiesOf } from './abilities';
import type { Ability } from './abilities';
import { ClusterRoles } from './cluster-roles';
import type { RoleAbilities } from './cluster-roles';
import { groupOfAccounts, subjectOf } from './subject';
import type { BoundSubject } from './subject';

/** What one binding gives to one subject. */
export interface Grant extends RoleAbilities {
  readonly binding: Manifest;
  readonly subject: BoundSubject;
  /** Namespace in which it holds; undefined: in every namespace. */
  readonly namespace?: string;
}

/** All that a subject is given. */
export interface SubjectAccess {
  readonly subject: BoundSubject;
  /** What holds in every namespace. */
  readonly everywhere: readonly Grant[];
  /** What holds in one namespace more. */
  readonly inNamespaces: ReadonlyMap<string, readonly Grant[]>;
}

const ACCESS = new WeakMap<Inventory, Access>();

/**
 * Who may do what, through every role that is bound. Left out are parts of Kubernetes, and the groups of `break-glass`,
 * which is cluster-admin on purpose (`rbac-cluster-admin` holds it to that).
 */
export class Access {
  /** The access that an inventory gives, which all rules share. */
  public static of(inventory: Inventory): Access {
    const access = ACCESS.get(inventory) ?? new Access(inventory);
    ACCESS.set(inventory, access);
    return access;
  }

  /** Everything that is granted, one for each binding and subject. */
  public readonly grants: readonly Grant[];
  private readonly bySubject: ReadonlyMap<string, readonly Grant[]>;

  private constructor(inventory: Inventory) {
    const clusterRoles = new ClusterRoles(inventory);
    const bindings = [...inventory.of(CLUSTER_ROLE_BINDINGS), ...inventory.of(ROLE_BINDINGS)];
    this.grants = bindings.flatMap((binding) => grantsOf(binding, roleOf(binding, inventory, clusterRoles)));
    this.bySubject = groupBy(this.grants, ({ subject }) => keyOf(subject));
  }

  /** What each subject is given in sum; a service account, also what the group of its namespace's accounts is. */
  public get subjects(): readonly SubjectAccess[] {
    return [...this.bySubject.values()].map((own) => {
      const { subject } = own[0] as Grant;
      const group = groupOfAccounts(subject);
      const grants = groupBy([...own, ...((group && this.bySubject.get(keyOf(group))) ?? [])], ({ namespace }) => namespace);
      const inNamespaces = [...grants].filter((entry): entry is [string, Grant[]] => entry[0] !== undefined);
      return { subject, everywhere: contributing(grants.get(undefined) ?? []), inNamespaces: new Map(inNamespaces) };
    });
  }
}

/** Whether a grant gives an ability. */
export function gives({ builtIn, own }: RoleAbilities, ability: Ability): boolean {
  return builtIn.has(ability) || own.has(ability);
}

/** Those of the grants, in their order, that it takes to have all of the abilities; undefined if they do not suffice. */
export function completing(grants: readonly Grant[], needs: readonly Ability[], has = gives): readonly Grant[] | undefined {
  const givers = needs.map((need) => grants.find((grant) => has(grant, need)));
  return givers.some((giver) => giver === undefined) ? undefined : grants.filter((grant) => givers.includes(grant));
}

function grantsOf(binding: Manifest, role: RoleAbilities): Grant[] {
  const cluster = binding.object.kind === 'ClusterRoleBinding';
  const { namespace } = identifiersOf(binding.object);
  return recordsOf(binding.object['subjects']).flatMap((entry) => {
    const subject = subjectOf(entry, namespace);
    return subject === undefined || subject.system || isBreakGlass(binding, subject)
      ? []
      : [{ ...role, binding, subject, ...(cluster ? {} : { namespace }) }];
  });
}

function roleOf(binding: Manifest, inventory: Inventory, clusterRoles: ClusterRoles): RoleAbilities {
  const { kind, name } = recordOf(binding.object['roleRef']);
  const role = textOf(name) ?? '';
  if (kind === 'ClusterRole') {
    return clusterRoles.abilities(role);
  }
  const rules: unknown = inventory.namespaceOf(binding).named(NAMESPACED_ROLES, role)?.object['rules'];
  return { builtIn: new Set(), own: abilitiesOf(rules) };
}

function isBreakGlass({ object }: Manifest, { kind }: BoundSubject): boolean {
  return (
    object.kind === 'ClusterRoleBinding' &&
    identifiersOf(object).name === 'break-glass' &&
    recordOf(object['roleRef'])['name'] === 'cluster-admin' &&
    kind === 'Group'
  );
}

/** Without those that give nothing new: what is left is few, however many bindings there are. */
function contributing(grants: readonly Grant[]): Grant[] {
  const seen = new Set<string>();
  return grants.filter(({ builtIn, own }) => {
    const before = seen.size;
    builtIn.forEach((ability) => seen.add(`built-in ${ability}`));
    own.forEach((ability) => seen.add(ability));
    return seen.size > before;
  });
}

function keyOf({ kind, name }: BoundSubject): string {
  return `${kind} ${name}`;
}
