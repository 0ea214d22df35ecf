import type { KubernetesMinor } from '../settings';
import { diffJson, diffMarkdown, diffText, postureDiff } from '../report/diff';
import type { DiffFormat } from '../report/diff';
import { coloured } from './coloured';
import { ExitCode } from './exit-code';
import { postureOfManifests, postureOfRevision, postureOfBlueprint } from './postures';
import type { NamedPosture } from './postures';
import { settingsOf } from './settings-of';

/** Options of `diff`, as the command line gives them. */
export interface DiffOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly blueprint?: string;
  readonly minor?: KubernetesMinor;
}

const FORMATS: Readonly<Record<DiffOptions['format'], DiffFormat>> = { text: diffText, json: diffJson, markdown: diffMarkdown };

/** Compares, and writes the report to the standard output. */
export async function diff(before: string, after: string | undefined, options: DiffOptions): Promise<ExitCode> {
  const [old, now] = await posturesOf(before, after, options);
  const changes = postureDiff(old.posture, now.posture);
  const result = FORMATS[options.format]({ before: old.name, after: now.name, changes });
  process.stdout.write(options.format === 'text' ? coloured(result, process.stdout) : result);
  return changes.some(({ tendency }) => tendency === 'looser') ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

async function posturesOf(before: string, after: string | undefined, options: DiffOptions): Promise<readonly [NamedPosture, NamedPosture]> {
  if (after !== undefined) {
    const settings = await settingsOf(options);
    return [await postureOfManifests(before, settings), await postureOfManifests(after, settings)];
  }
  const [, from, to] = /^(.+?)\.\.(.*)$/.exec(before) ?? [];
  if (from === undefined) {
    throw new Error(`${before} is compared with nothing. Give two folders or files, or two revisions of the blueprint as A..B.`);
  }
  const { blueprint = 'blueprint.yaml' } = options;
  return [postureOfRevision(from, blueprint), to ? postureOfRevision(to, blueprint) : postureOfBlueprint(blueprint)];
}
