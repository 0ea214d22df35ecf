import { SUPPORTED_MINORS } from '../../../settings';
import type { KubernetesMinor } from '../../../settings';

/** What holds for every supported minor, or what holds for each that knows of it. */
export type ByMinor<T extends string | readonly string[]> = T | Readonly<Partial<Record<KubernetesMinor, T>>>;

/** What holds for this minor; undefined if it does not know of it. */
export function atMinor<T extends string | readonly string[]>(entry: ByMinor<T> | undefined, minor: KubernetesMinor): T | undefined {
  return isByMinor(entry) ? entry[minor] : entry;
}

/** The first later minor that knows of it; undefined if none does. */
export function laterMinor(entry: ByMinor<string> | undefined, minor: KubernetesMinor): KubernetesMinor | undefined {
  return SUPPORTED_MINORS.slice(SUPPORTED_MINORS.indexOf(minor) + 1).find((later) => atMinor(entry, later) !== undefined);
}

function isByMinor<T extends string | readonly string[]>(
  entry: ByMinor<T> | undefined,
): entry is Readonly<Partial<Record<KubernetesMinor, T>>> {
  return typeof entry === 'object' && !Array.isArray(entry);
}
