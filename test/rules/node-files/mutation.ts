/** A copy of the document with the value at this path; `undefined` takes it away. */
export function withValue<T>(document: T, path: readonly (string | number)[], value: unknown): T {
  const copy = structuredClone(document) as unknown;
  const parent = path.slice(0, -1).reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], copy) as Record<
    string | number,
    unknown
  >;
  const last = path.at(-1) as string | number;
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy as T;
}
