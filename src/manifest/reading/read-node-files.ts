import * as fs from 'node:fs';
import * as path from 'node:path';
import type { NodeFile } from '../node-file';
import { isRecord, listOf, textOf } from '../wire';
import { MAX_YAML_BYTES } from '../yaml/read-yaml';
import { UnreadableFile } from '../yaml/unreadable-file';
import { utf8 } from '../yaml/utf8';

/** List of the files of hosts, with their modes and owners, in the folder that synth writes them to. */
export const NODE_FILES_INDEX = 'index.json';

/**
 * Reads the files for hosts that synth has written.
 *
 * @param folder the one with `index.json`, such as `dist/nodes`
 * @throws if the index is none, or names a file that is not below the folder, or not there
 */
export function readNodeFiles(folder: string): NodeFile[] {
  const index = path.join(folder, NODE_FILES_INDEX);
  return entriesOf(index).map((entry) => {
    const {
      role,
      path: target,
      mode,
      owner,
    } = Object.fromEntries(['role', 'path', 'mode', 'owner'].map((field) => [field, textOf(isRecord(entry) ? entry[field] : undefined)]));
    if (role === undefined || target === undefined || mode === undefined || owner === undefined) {
      throw new UnreadableFile(index, 'it has an entry without role, path, mode or owner. Synthesise again.');
    }
    const file = path.join(folder, role, target);
    if (path.relative(path.join(folder, role), file).startsWith('..') || path.basename(role) !== role) {
      throw new UnreadableFile(index, `${role}:${target} lies outside of the folder.`);
    }
    return { role, path: target, mode, owner, content: read(file) };
  });
}

function entriesOf(index: string): readonly unknown[] {
  try {
    return listOf(JSON.parse(read(index)));
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(index, `it is no JSON: ${(error as Error).message}`);
  }
}

function read(file: string): string {
  const stats = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new UnreadableFile(file, 'there is no such file.');
  }
  if (stats.size > MAX_YAML_BYTES) {
    throw new UnreadableFile(file, `it has ${stats.size} bytes, at most ${MAX_YAML_BYTES} are read.`);
  }
  return utf8(fs.readFileSync(file), file);
}
