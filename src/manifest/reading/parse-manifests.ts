import type { Manifest } from '../manifest';
import { FoundManifests } from './found-manifests';

/** A part of the input that was not read, so that nothing is known of it. */
export interface ReadProblem {
  readonly file: string;
  /** Absent where it is about the file as a whole. */
  readonly line?: number;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** What an input holds. */
export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly ReadProblem[];
}

/**
 * The manifests of a YAML or JSON text, each with its position. What cannot be read is told; the rest of the text is read
 * all the same, unless there is more of it than can be checked. Pure.
 */
export function parseManifests(text: string, file: string): ReadManifests {
  const found = new FoundManifests();
  found.read(text, file);
  return found;
}
