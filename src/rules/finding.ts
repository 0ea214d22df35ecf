import type { ControlId } from '../controls';
import type { KubeObject, NodeFile, Origin } from '../manifest';

/** What a finding is about: an object (and container), or a node file (and field). */
export interface Target {
  /** The API object; absent for a node file. */
  readonly object?: KubeObject;
  /** The container by name; absent when the finding is about the object as a whole. */
  readonly container?: string;
  /** The node file; absent for an API object. */
  readonly nodeFile?: NodeFile;
  /** Field inside the node file. */
  readonly field?: string;
}

/** A rule that fails on a target. */
export interface Finding {
  /** Id of the rule, kebab case. */
  readonly rule: string;
  /** Controls that the rule serves; the first is the one that a waiver names. */
  readonly controls: readonly ControlId[];
  readonly target: Target;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** How to mend it, in terms of this project's API. */
  readonly remedy: string;
  readonly origin: Origin;
}
