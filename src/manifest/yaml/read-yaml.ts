import * as fs from 'node:fs';
import { parseYaml } from './parse-yaml';
import type { YamlDocument } from './parse-yaml';
import { UnreadableFile } from './unreadable-file';
import { utf8 } from './utf8';

/** Largest settings file that is read. A hand-written one has some kilobytes. */
export const MAX_YAML_BYTES = 1024 * 1024;

/**
 * Reads a settings file: one YAML 1.2 document.
 *
 * @throws with `file:line:column` of every mistake
 */
export function readYaml(file: string): YamlDocument {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new UnreadableFile(file, 'there is no such file. Run this in the folder that has it, or name another.');
  }
  if (stats.size > MAX_YAML_BYTES) {
    throw new UnreadableFile(file, `it has ${stats.size} bytes, at most ${MAX_YAML_BYTES} are read.`);
  }
  return parseYaml(utf8(fs.readFileSync(file), file), file);
}
