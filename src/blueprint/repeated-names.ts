import type { Mistake } from './describe-issue';
import { keysAt, listAt, textsAt, valueAt } from './plain-data';

/** A name in the document, and what it is the name of. */
interface Named {
  readonly name: string;
  readonly path: readonly PropertyKey[];
  /** What it is, for the error at the second place: `the name of a tenant`. */
  readonly what: string;
}

type PositionOf = (path: readonly PropertyKey[]) => string;

/**
 * One name for two tenants or two namespaces, and one group with two personas whose rights would add up: two in the cluster,
 * two with one tenant, or one in the cluster and one with a tenant. Each mistake names both places.
 */
export function repeatedNames(document: unknown, positionOf: PositionOf): Mistake[] {
  const tenants = listAt(document, ['tenants']);
  const names = tenants.flatMap(({ path }) =>
    textOf(document, [...path, 'name']).map((name): Named => ({ ...name, what: 'the name of a tenant' })),
  );
  const namespaces = tenants.flatMap(({ path }) =>
    textsAt(document, [...path, 'namespaces']).map((item): Named => ({
      name: item.value,
      path: item.path,
      what: 'a namespace of a tenant',
    })),
  );
  const inCluster = personas(document, ['access', 'groups'], 'in the cluster');
  const inTenants = tenants.map(({ path }) => personas(document, [...path, 'groups'], 'of this tenant'));
  const end = 'Use another name.';
  return [
    ...repeated(names, [], positionOf, `(control NET-02: each tenant has its own). ${end}`),
    ...repeated(namespaces, [], positionOf, `(control NET-02: each tenant has its own). ${end}`),
    ...[inCluster, ...inTenants].flatMap((own, index) =>
      repeated(
        own,
        index === 0 ? [] : inCluster,
        positionOf,
        '(control AUTH-06: rights must not add up). Give each persona a group of its own.',
      ),
    ),
  ];
}

function personas(document: unknown, path: readonly PropertyKey[], where: string): Named[] {
  return keysAt(document, path).flatMap((persona) =>
    textsAt(document, [...path, persona]).map((item) => ({ name: item.value, path: item.path, what: `${persona} ${where}` })),
  );
}

/** Names that are there already, in `before` or earlier among `items`. */
function repeated(items: readonly Named[], before: readonly Named[], positionOf: PositionOf, end: string): Mistake[] {
  const first = new Map<string, Named>();
  before.forEach((item) => first.set(item.name, first.get(item.name) ?? item));
  return items.flatMap((item) => {
    const earlier = first.get(item.name);
    first.set(item.name, earlier ?? item);
    return earlier
      ? [{ path: item.path, message: `'${item.name}' is ${earlier.what} already, at ${positionOf(earlier.path)} ${end}` }]
      : [];
  });
}

function textOf(document: unknown, path: readonly PropertyKey[]): { readonly name: string; readonly path: readonly PropertyKey[] }[] {
  const name = valueAt(document, path);
  return typeof name === 'string' ? [{ name, path }] : [];
}
