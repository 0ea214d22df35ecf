import { isRecord } from '../../manifest';
import { scalarText } from './unknown-data';

/** Programs of a cluster that are set by flags. */
export const PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'etcd'] as const;
export type Program = (typeof PROGRAMS)[number];

/** A flag as it is read from a file; the value as text. */
export interface GivenFlag {
  /** Without dashes. */
  readonly name: string;
  readonly value: string;
}

/**
 * Flags in every form that files have: a command line (`--name=value`), k3s and RKE2 (`name=value`), kubeadm v1beta4
 * (`{ name, value }`), Talos and kubeadm v1beta3 (a map, whose values may be lists). What is none of these is passed over.
 */
export function flagsOf(flags: unknown): GivenFlag[] {
  if (Array.isArray(flags)) {
    return flags.flatMap((flag: unknown) => {
      if (typeof flag === 'string') {
        const [, name, , value] = /^-{0,2}([a-z0-9][\w-]*)(=([\s\S]*))?$/i.exec(flag) ?? [];
        return name === undefined ? [] : [{ name, value: value ?? 'true' }]; // a switch without a value is on
      }
      return isRecord(flag) && typeof flag['name'] === 'string' ? [{ name: flag['name'], value: scalarText(flag['value']) }] : [];
    });
  }
  return isRecord(flags)
    ? Object.entries(flags).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((item) => ({ name, value: scalarText(item) })),
      )
    : [];
}

/** `feature-gates` as gates by name: `A=true,B=false`, or with the component that they are for: `kube:A=true`. */
export function gatesOf(value: string): Record<string, boolean> {
  const pairs = value.split(',').map((pair) =>
    pair
      .trim()
      .replace(/^kube:/, '')
      .split('='),
  );
  return Object.fromEntries(pairs.filter(([name]) => name).map(([name, on]) => [name, isTrue(on ?? 'true')]));
}

/** Whether Go's flag parser reads the text as true. */
export function isTrue(value: string): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}

/** The items of a list that is given as one text. */
export function itemsOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
