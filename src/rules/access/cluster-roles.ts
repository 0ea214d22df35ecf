import { identifiersOf, LabelIndex, LabelSelector, listOf, recordOf, stringMapOf } from '../../manifest';
import type { Labels, Manifest } from '../../manifest';
import type { Inventory } from '../inventory';
import { CLUSTER_ROLES } from '../match';
import { abilitiesOf } from './abilities';
import type { Ability } from './abilities';
import { AGGREGATED_ROLES, aggregationLabel, BUILT_IN_CLUSTER_ROLES } from './built-in-roles';

/** What a role gives to those that are bound to it. */
export interface RoleAbilities {
  /** What Kubernetes itself puts into it. */
  readonly builtIn: ReadonlySet<Ability>;
  /** What roles in the tree put into it. */
  readonly own: ReadonlySet<Ability>;
}

/** A ClusterRole of the tree. */
interface ClusterRole {
  readonly manifest: Manifest;
  readonly labels: Labels;
  readonly abilities: ReadonlySet<Ability>;
  /** Selectors of the ClusterRoles whose rules become its own. */
  readonly aggregates: readonly LabelSelector[];
}

/** What the ClusterRoles of the tree and of Kubernetes give, those that they are put together from included. */
export class ClusterRoles {
  private readonly byName: ReadonlyMap<string, ClusterRole>;
  private readonly byLabel: LabelIndex<ClusterRole>;
  private readonly known = new Map<string, RoleAbilities>();

  public constructor(inventory: Inventory) {
    this.byName = new Map(inventory.of(CLUSTER_ROLES).map((manifest) => [identifiersOf(manifest.object).name, clusterRoleOf(manifest)]));
    this.byLabel = new LabelIndex([...this.byName.values()]);
  }

  /** What the ClusterRole of this name gives: nothing if nobody makes it. */
  public abilities(name: string): RoleAbilities {
    const known = this.known.get(name) ?? {
      builtIn: new Set(BUILT_IN_CLUSTER_ROLES.get(name)),
      own: new Set(this.parts(name).flatMap(({ abilities }) => [...abilities])),
    };
    this.known.set(name, known);
    return known;
  }

  /** The ClusterRoles of the tree whose rules are those of the ClusterRole of this name. Itself is the first, if it is in the tree. */
  public manifests(name: string): readonly Manifest[] {
    return this.parts(name).map(({ manifest }) => manifest);
  }

  /** The ClusterRoles of the tree whose rules it has: itself, and what is added to it by label, also by way of another. */
  private parts(name: string): ClusterRole[] {
    const added = (AGGREGATED_ROLES.get(name) ?? []).map((role) => LabelSelector.ofLabels({ [aggregationLabel(role)]: 'true' }));
    const role = this.byName.get(name);
    const parts = new Set(role ? [role] : []);
    const open = [...added, ...(role?.aggregates ?? [])];
    for (let selector = open.pop(); selector; selector = open.pop()) {
      for (const part of this.byLabel.select(selector).filter((candidate) => !parts.has(candidate))) {
        parts.add(part);
        open.push(...part.aggregates);
      }
    }
    return [...parts];
  }
}

function clusterRoleOf(manifest: Manifest): ClusterRole {
  const { object } = manifest;
  return {
    manifest,
    labels: stringMapOf(recordOf(object.metadata)['labels']),
    abilities: abilitiesOf(object['rules']),
    aggregates: listOf(recordOf(object['aggregationRule'])['clusterRoleSelectors']).map((selector) => LabelSelector.parse(selector)),
  };
}
