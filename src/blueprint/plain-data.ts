/** Keys that JavaScript gives a meaning of its own: a schema overlooks them, so that a part of the file would be lost. */
const MEANING_OF_ITS_OWN = new Set(['__proto__', 'constructor', 'prototype']);

/** A place in a document, and what is written there. */
export interface Written<T> {
  readonly path: readonly PropertyKey[];
  readonly value: T;
}

/** The values in the list at this path; none if it is no list. Works on documents that a schema has refused. */
export function listAt(document: unknown, path: readonly PropertyKey[]): Written<unknown>[] {
  const list = valueAt(document, path);
  return Array.isArray(list) ? list.map((value: unknown, index) => ({ path: [...path, index], value })) : [];
}

/** The texts in the list at this path. */
export function textsAt(document: unknown, path: readonly PropertyKey[]): Written<string>[] {
  return listAt(document, path).filter((item): item is Written<string> => typeof item.value === 'string');
}

/** The keys of the block at this path; none if it is no block. */
export function keysAt(document: unknown, path: readonly PropertyKey[]): string[] {
  const block = valueAt(document, path);
  return typeof block === 'object' && block !== null && !Array.isArray(block) ? Object.keys(block) : [];
}

/** What is written at this path; undefined if nothing is. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return holds ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }, document);
}

/** Where the document has a key that JavaScript gives a meaning of its own, and what to do about it. */
export function notPlain(document: unknown): Written<string>[] {
  const found: Written<string>[] = [];
  const visit = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    for (const key of Object.keys(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (MEANING_OF_ITS_OWN.has(key)) {
        found.push({ path: at, value: 'this name is not possible. Remove it, or use another.' });
      }
      visit((value as Record<string, unknown>)[key], at);
    }
  };
  visit(document, []);
  return found;
}
