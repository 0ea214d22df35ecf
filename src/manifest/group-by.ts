/** The items by a key, in their order; `Map.groupBy` of Node 21. */
export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** The first item of each key. */
export function firstOfEach<K, T>(items: readonly T[], keyOf: (item: T) => K): T[] {
  return [...groupBy(items, keyOf).values()].map((group) => group[0] as T);
}
