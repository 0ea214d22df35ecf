import { groupBy, identifiersOf } from '../../manifest';
import type { Artifacts, Manifest } from '../../manifest';
import { NAMESPACES } from '../match';
import { ManifestIndex } from './manifest-index';
import { NamespaceInventory } from './namespace-inventory';
import type { Workload } from './workload';

const INVENTORIES = new WeakMap<Artifacts, Inventory>();

/**
 * What there is, by kind and by namespace, for the rules that see everything at once. Made once for each input, in one pass;
 * a rule asks it, and goes through nothing itself but what it is about.
 */
export class Inventory extends ManifestIndex {
  /** The inventory of these artifacts, which all rules share. */
  public static of(artifacts: Artifacts): Inventory {
    const inventory = INVENTORIES.get(artifacts) ?? new Inventory(artifacts.manifests);
    INVENTORIES.set(artifacts, inventory);
    return inventory;
  }

  /** Every namespace that is made or used. What names no namespace, or lives in none, is in the one with the empty name. */
  public readonly namespaces: readonly NamespaceInventory[];
  /** Everything that makes pods, namespace by namespace. */
  public readonly workloads: readonly Workload[];
  private readonly byNamespace: ReadonlyMap<string, NamespaceInventory>;

  private constructor(manifests: readonly Manifest[]) {
    super(manifests);
    const made = new Map(this.of(NAMESPACES).map((manifest) => [identifiersOf(manifest.object).name, manifest]));
    const contents = groupBy(manifests, ({ object }) => identifiersOf(object).namespace);
    const names = new Set([...made.keys(), ...contents.keys()]);
    this.namespaces = [...names].map((name) => new NamespaceInventory(name, contents.get(name), made.get(name)));
    this.workloads = this.namespaces.flatMap(({ workloads }) => workloads);
    this.byNamespace = new Map(this.namespaces.map((namespace) => [namespace.name, namespace]));
  }

  /** What is in the namespace of this name: nothing, if it is neither made nor used. */
  public namespace(name: string): NamespaceInventory {
    return this.byNamespace.get(name) ?? new NamespaceInventory(name);
  }

  /** The namespace that a manifest is in. */
  public namespaceOf({ object }: Manifest): NamespaceInventory {
    return this.namespace(identifiersOf(object).namespace);
  }
}
