import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { assess } from '../assessment';
import { loadBlueprint, parseBlueprint } from '../blueprint';
import type { Blueprint } from '../blueprint';
import { MAX_YAML_BYTES, NODE_FILES_INDEX, readManifests, readNodeFiles } from '../manifest';
import { unreadLine } from '../report/text-report';
import type { Posture } from '../report/diff';
import type { PlatformSettings } from '../settings';
import { HardenedBaseline } from '../stacks';
import { HardenedApp } from '../synth';

/** A posture, and what a report calls it. */
export interface NamedPosture {
  readonly name: string;
  readonly posture: Posture;
}

/**
 * What a folder or file of manifests comes to; with the files for hosts, if it is what synth has written.
 *
 * @throws if something in it cannot be read: nothing would be known of it
 */
export async function postureOfManifests(name: string, settings: PlatformSettings): Promise<NamedPosture> {
  const nodes = path.join(name, 'nodes');
  const written = fs.existsSync(path.join(nodes, NODE_FILES_INDEX));
  const { manifests, problems } = await readManifests([written ? path.join(name, 'manifests') : name]);
  if (problems.length > 0) {
    throw new Error(problems.map(unreadLine).join('\n'));
  }
  const artifacts = { manifests, nodeFiles: written ? readNodeFiles(nodes) : [] };
  return { name, posture: { artifacts, assessment: assess(artifacts, settings, { complete: false }) } };
}

/** What the blueprint comes to as it is in the folder. */
export function postureOfBlueprint(file: string): NamedPosture {
  return { name: file, posture: synthesised(loadBlueprint(file)) };
}

/** What the blueprint comes to as it is in a revision of Git, with this version of the package. */
export function postureOfRevision(revision: string, file: string): NamedPosture {
  const name = `${revision}:${file}`;
  return { name, posture: synthesised(parseBlueprint(inGit(revision, file), name)) };
}

function synthesised({ settings, baseline }: Blueprint): Posture {
  const app = new HardenedApp({ settings });
  new HardenedBaseline(app, 'baseline', baseline);
  return app.synthesise();
}

/** A file as it is in a revision. */
function inGit(revision: string, file: string): string {
  if (revision.startsWith('-')) {
    throw new Error(`'${revision}' is no revision of Git.`);
  }
  const folder = path.dirname(path.resolve(file));
  try {
    return execFileSync('git', ['show', `${revision}:./${path.basename(file)}`], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: MAX_YAML_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).trim();
    throw new Error(`${revision} has no ${file} that Git can show: ${said}`, { cause: error });
  }
}
