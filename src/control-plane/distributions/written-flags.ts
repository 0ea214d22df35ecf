import type { HostLayout } from '../host-layout';
import type { Flag, FlaggedProgram, HostMount, HostParts } from '../host-parts';

/** Plugins that distributions switch on by a list, which ours takes the place of. */
const OF_DISTRIBUTIONS = ['NodeRestriction'] as const;

/** Plugins to switch on, those of the distribution repeated. */
export function enabledAdmissionPlugins({ admissionPlugins }: Required<HostParts>): string[] {
  return [...new Set([...OF_DISTRIBUTIONS, ...admissionPlugins])];
}

/**
 * The flags of a program, by name; those of one name stay in their order, since some programs take a list that way.
 *
 * @param without flags that the distribution sets by itself, refuses, or takes by a key of its own
 */
export function writtenFlags(parts: Required<HostParts>, program: FlaggedProgram, without: readonly string[] = []): Flag[] {
  const plugins =
    program === 'kube-apiserver' ? [{ name: 'enable-admission-plugins', value: enabledAdmissionPlugins(parts).join(',') }] : [];
  return [...(parts.flags[program] ?? []), ...plugins]
    .filter(({ name }) => !without.includes(name))
    .sort((a, b) => compare(a.name, b.name));
}

/** Folders that the API server must see: the one of hardening when a flag or a file is in it, and what the parts ask for. */
export function apiServerMounts({ files, flags, mounts }: Required<HostParts>, { hardening }: HostLayout): HostMount[] {
  const inside = (path: string): boolean => path.startsWith(`${hardening}/`);
  const used = files.some(({ path }) => inside(path)) || (flags['kube-apiserver'] ?? []).some(({ value }) => inside(value));
  return [...(used ? [{ name: 'hardening', path: hardening, readOnly: true }] : []), ...mounts];
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
