import type { Manifest } from './manifest';
import type { NodeFile } from './node-file';

/** What synth makes, and all that rules, reports and writers read. */
export interface Artifacts {
  readonly manifests: readonly Manifest[];
  readonly nodeFiles: readonly NodeFile[];
}
