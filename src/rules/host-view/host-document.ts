import type { NodeFile, WireObject } from '../../manifest';
import type { GivenFlag, Program } from '../node-files';

/** A document in a node file: one of several in it, or one that another holds (Talos, patches of kind and kubeadm). */
export interface HostDocument {
  readonly file: NodeFile;
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: WireObject;
  /** Whether it is some fields of a document, and others set the rest: a drop-in file, a patch. */
  readonly part: boolean;
}

/** Flags of a program in one file. */
export interface FlagSource {
  readonly program: Program;
  readonly file: NodeFile;
  readonly flags: readonly GivenFlag[];
}

/** A flag as the program will be given it. */
export interface HostFlag extends GivenFlag {
  /** The file that says so; undefined for a flag that the distribution gives by itself. */
  readonly file?: NodeFile;
}

/** A path of the host that the API server sees. */
export interface ApiServerMount {
  readonly file: NodeFile;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Whether it is made when it is missing. */
  readonly made: boolean;
}

/** What one document says of the hosts. */
export interface HostFacts {
  readonly documents?: readonly HostDocument[];
  readonly flags?: readonly FlagSource[];
  readonly mounts?: readonly ApiServerMount[];
  /** Paths of files that the document holds, and that are written on the host. */
  readonly paths?: readonly string[];
}
