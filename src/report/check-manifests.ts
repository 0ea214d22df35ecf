import { assess } from '../assessment';
import type { Severity } from '../controls';
import { readManifests } from '../manifest';
import type { ReadManifests } from '../manifest';
import type { PlatformSettings } from '../settings';
import type { CheckReport } from './check-report';

/** What `checkManifests` is told. */
export interface CheckManifestsOptions {
  /** Files, folders, and `-` for the standard input. */
  readonly paths: readonly string[];
  readonly settings: PlatformSettings;
  /** Severity from which a finding fails the check. */
  readonly failOn: Severity;
  /** Version of this package. */
  readonly version: string;
}

/** Reads manifests from anywhere and judges them by every rule. */
export async function checkManifests({ paths, settings, failOn, version }: CheckManifestsOptions): Promise<CheckReport> {
  const { manifests, problems } = somethingOf(paths, await readManifests(paths));
  // What is checked is a part of what runs, so a waiver for something else is not called unused.
  const assessment = assess({ manifests, nodeFiles: [] }, settings, { complete: false });
  return { version, settings, failOn, manifests, unread: problems, assessment };
}

/** An input without any object is a mistake: `helm template` that has failed must not pass for a clean chart. */
function somethingOf(paths: readonly string[], read: ReadManifests): ReadManifests {
  const nothing = read.manifests.length + read.problems.length === 0;
  return nothing ? { manifests: [], problems: [{ file: paths.join(' '), message: 'there is no object in it.' }] } : read;
}
