import * as fs from 'node:fs';
import { UnreadableFile } from '../yaml/unreadable-file';
import { utf8 } from '../yaml/utf8';
import { FoundManifests } from './found-manifests';
import { fileProblem, manifestFilesIn } from './manifest-files';
import type { ManifestFiles } from './manifest-files';
import type { ReadManifests } from './parse-manifests';
import { MAX_INPUT_BYTES } from './read-limits';

/** Stands for the standard input among paths, as in kubectl. */
export const STDIN = '-';

/** What errors and positions call the standard input. */
export const STDIN_NAME = 'stdin';

/**
 * Reads the manifests of files, of every file below folders, and of the standard input (`-`). What cannot be read is told;
 * the rest is read all the same.
 *
 * @param paths files, folders and `-`; each file is read once, even when it is named twice
 */
export async function readManifests(paths: readonly string[]): Promise<ReadManifests> {
  const inputs = paths.map(filesOf);
  const found = new FoundManifests();
  found.problems.push(...inputs.flatMap(({ problems }) => problems));
  let left = MAX_INPUT_BYTES;
  for (const file of new Set(inputs.flatMap(({ files }) => files))) {
    const name = file === STDIN ? STDIN_NAME : file;
    try {
      const bytes = await readAtMost(left, name, file === STDIN ? process.stdin : fs.createReadStream(file));
      left -= bytes.length;
      found.read(utf8(bytes, name), name);
    } catch (error) {
      found.problems.push({ file: name, message: error instanceof UnreadableFile ? error.problem : fileProblem(error) });
    }
  }
  return found;
}

function filesOf(name: string): ManifestFiles {
  if (name === STDIN) {
    return { files: [STDIN], problems: [] };
  }
  try {
    if (!fs.statSync(name).isDirectory()) {
      return { files: [name], problems: [] };
    }
    const found = manifestFilesIn(name);
    const nothing = found.files.length + found.problems.length === 0;
    return nothing ? { files: [], problems: [{ file: name, message: 'the folder has no .yaml, .yml or .json file.' }] } : found;
  } catch (error) {
    return { files: [], problems: [{ file: name, message: fileProblem(error) }] };
  }
}

async function readAtMost(most: number, name: string, source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > most) {
      const megabytes = MAX_INPUT_BYTES / 1024 / 1024;
      throw new UnreadableFile(name, `with it, more than ${megabytes} MiB would be read at once. Check it by itself, or in parts.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
