/** A part of an object in its wire format. Open, because manifests from elsewhere may hold anything. */
export type WireObject = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- the one open type

// A manifest from elsewhere may hold anything anywhere. These read a value as what it should be, or as nothing.

/** The value if it is a string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value if it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings in a list. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

/** The value if it is an object, else an empty one. Only for fields whose names are written here. */
export function recordOf(value: unknown): WireObject {
  return isRecord(value) ? value : {};
}

/** The objects in a list. */
export function recordsOf(value: unknown): readonly WireObject[] {
  return listOf(value).filter(isRecord);
}

/** The fields of an object that hold a string: labels, and the like. A Map, so that `constructor` is a key as any other. */
export function stringMapOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(recordOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Whether the value is an object, and no list. */
export function isRecord(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
