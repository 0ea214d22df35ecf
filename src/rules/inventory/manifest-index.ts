import { groupBy, groupOf, identifiersOf, textOf } from '../../manifest';
import type { Manifest } from '../../manifest';
import type { RuleMatch } from '../cel';

/** Kinds to look for; an admission policy's resources do not matter here. */
export type Kinds = readonly Pick<RuleMatch, 'apiGroup' | 'kind'>[];

/** Manifests by group and kind, and by name. */
export class ManifestIndex {
  private readonly byKind: ReadonlyMap<string, readonly Manifest[]>;
  private readonly byName: ReadonlyMap<string, Manifest>;

  public constructor(manifests: readonly Manifest[]) {
    this.byKind = groupBy(manifests, kindOf);
    this.byName = new Map(manifests.map((manifest) => [`${kindOf(manifest)}/${identifiersOf(manifest.object).name}`, manifest]));
  }

  /** Those of these kinds, kind by kind. */
  public of(kinds: Kinds): readonly Manifest[] {
    return kinds.flatMap(({ apiGroup, kind }) => this.byKind.get(`${apiGroup}/${kind}`) ?? []);
  }

  /** The one of these kinds with this name. Of what lives in namespaces, ask the namespace. */
  public named(kinds: Kinds, name: string): Manifest | undefined {
    return kinds.map(({ apiGroup, kind }) => this.byName.get(`${apiGroup}/${kind}/${name}`)).find((manifest) => manifest !== undefined);
  }
}

function kindOf({ object }: Manifest): string {
  return `${groupOf(object)}/${textOf(object.kind) ?? ''}`;
}
