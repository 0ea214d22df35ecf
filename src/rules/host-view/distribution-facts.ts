import type { Distribution } from '../../settings';
import type { Program } from '../node-files';
import { KIND, KUBEADM } from './kubeadm-defaults';
import { K3S, RKE2 } from './rancher-defaults';
import { TALOS } from './talos-defaults';

/** Files that a distribution writes on hosts. */
export interface WrittenFile {
  /** Absolute; `*` stands for a part of one name. */
  readonly path: string;
  /** Octal. */
  readonly mode: string;
}

/** What a distribution does with the programs of a cluster, whatever our files say. */
export interface DistributionFacts {
  /** Flags that it gives by itself; one that a file gives too takes its place. */
  readonly flags: Readonly<Partial<Record<Program, Readonly<Record<string, string>>>>>;
  /** Flags of its own that it leaves out when a file gives another, by that other. */
  readonly leavesOut: Readonly<Record<string, readonly string[]>>;
  /** Flags of its own that it leaves out where a file has a document of this kind. @default - none */
  readonly leavesOutBeside?: Readonly<Record<string, readonly string[]>>;
  /** Flags that are left out of the API server for a reason of this distribution. @default - none */
  readonly flagsWithout?: readonly string[];
  /** Flags whose value is added to its own, instead of taking its place. */
  readonly additive: readonly string[];
  /**
   * Folders that a program sees beside those that files mount into it. Undefined: it sees every file that a flag names, since it runs
   * on the host, or since the distribution mounts it.
   */
  readonly mounted?: Readonly<Partial<Record<Program, readonly string[]>>>;
  /** Fields that it sets in a KubeletConfiguration which leaves them out. @default - none */
  readonly kubelet?: Readonly<Record<string, unknown>>;
  /** Fields that it sets whatever a KubeletConfiguration says. @default - none */
  readonly kubeletAlways?: Readonly<Record<string, unknown>>;
  /** Fields that are left out of a KubeletConfiguration for a reason of this distribution. @default - none */
  readonly kubeletWithout?: readonly string[];
  /** Files that it writes, with the mode and owner that they have then. @default - unknown */
  readonly writes?: readonly WrittenFile[];
  /** Whether these are all the flags that it gives by itself. */
  readonly complete: boolean;
  /** Whether it sets the kernel as kubelets want it (`protectKernelDefaults`) by itself. @default false */
  readonly setsKernel?: boolean;
  /** Whether it encrypts Secrets with a configuration and keys of its own. */
  readonly ownEncryption: boolean;
}

/** By distribution; those that a provider runs take no flags and no files. */
export const DISTRIBUTION_FACTS: Readonly<Partial<Record<Distribution, DistributionFacts>>> = {
  kubeadm: KUBEADM,
  kind: KIND,
  k3s: K3S,
  rke2: RKE2,
  talos: TALOS,
};
