import { isRecord } from '../manifest';

/** Values that take the place of those in the blueprint's file: of the same shape, any part of it. */
export interface BlueprintOverrides {
  readonly value: unknown;
  /** Where they are written, for an error. */
  readonly source: string;
}

/** The value with the overrides in it: objects are merged, everything else, lists too, is replaced. Pure. */
export function withOverrides(value: unknown, overrides: unknown): unknown {
  if (!isRecord(value) || !isRecord(overrides)) {
    return overrides;
  }
  const merged = Object.entries(overrides).map(([key, override]): [string, unknown] => [
    key,
    Object.hasOwn(value, key) ? withOverrides(value[key], override) : override,
  ]);
  return Object.fromEntries([...Object.entries(value), ...merged]);
}

/** Whether what lies at the path comes from the overrides. */
export function isOverridden(overrides: unknown, [key, ...rest]: readonly PropertyKey[]): boolean {
  if (!isRecord(overrides) || key === undefined) {
    return !isRecord(overrides);
  }
  return Object.hasOwn(overrides, key) && isOverridden(overrides[key as string], rest);
}
