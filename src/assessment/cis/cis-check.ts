import type { Program } from '../../rules';

/** A flag, and whether kube-bench is content with its value; undefined when the flag is not given. */
export interface FlagTest {
  /** Without dashes. */
  readonly flag: string;
  readonly passes: (value: string | undefined) => boolean;
}

/** A setting of the kubelet: kube-bench looks at the flag first, and at the field of its file only where there is no flag. */
export interface KubeletTest extends FlagTest {
  /** Dotted path in a KubeletConfiguration. @default - the flag only */
  readonly field?: string;
}

/** What kube-bench looks at. */
export type CisLook =
  /** Flags in the command line of a program: all must pass. */
  | { readonly at: 'flags'; readonly program: Program; readonly tests: readonly FlagTest[] }
  | { readonly at: 'kubelet'; readonly tests: readonly KubeletTest[] }
  /** Modes of paths: no bit outside of `most`. */
  | { readonly at: 'mode'; readonly paths: readonly string[]; readonly most: number }
  | { readonly at: 'owner'; readonly paths: readonly string[]; readonly owner: string }
  /** The first provider of the last resources in the encryption configuration. */
  | { readonly at: 'provider'; readonly allowed: readonly string[] }
  /** A file that is not there on such a host, for which kube-bench warns. */
  | { readonly at: 'nowhere' }
  /** Files of the network plugin. */
  | { readonly at: 'network-plugin' }
  /** Nothing: a person looks. */
  | { readonly at: 'nothing' }
  /** Objects of the running cluster. */
  | { readonly at: 'cluster' };

/** A check of the benchmark. */
export interface CisCheck {
  readonly id: string;
  /** What it asks, in our words. */
  readonly title: string;
  /** Whether kube-bench fails; it only warns for others. */
  readonly scored: boolean;
  /** Hosts that it is run on. */
  readonly on: 'control-plane' | 'nodes' | 'cluster';
  readonly look: CisLook;
}

export const given: FlagTest['passes'] = (value) => value !== undefined;
export const absent: FlagTest['passes'] = (value) => value === undefined;
export const is =
  (wanted: string): FlagTest['passes'] =>
  (value) =>
    value !== undefined && (/^(true|false)$/i.test(value) ? value.toLowerCase() === wanted : value === wanted);
export const isNot =
  (unwanted: string): FlagTest['passes'] =>
  (value) =>
    value !== undefined && !is(unwanted)(value);
export const has =
  (part: string): FlagTest['passes'] =>
  (value) =>
    value?.includes(part) === true;
export const hasNot =
  (part: string): FlagTest['passes'] =>
  (value) =>
    value?.includes(part) === false;
export const atLeast =
  (least: number): FlagTest['passes'] =>
  (value) =>
    value !== undefined && /^-?\d+$/.test(value.trim()) && Number(value) >= least;
/** Every item of the list is among these, and there is one. */
export const among =
  (allowed: readonly string[]): FlagTest['passes'] =>
  (value) => {
    const items = (value ?? '').trim().replace(/,+$/, '').split(',');
    return value !== undefined && items.every((item) => allowed.includes(item.trim()));
  };
export const absentOr =
  (passes: FlagTest['passes']): FlagTest['passes'] =>
  (value) =>
    value === undefined || passes(value);
