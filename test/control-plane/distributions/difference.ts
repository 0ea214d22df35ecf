import { structuredPatch } from 'diff';
import type { NodeFile } from '../../../src/manifest';

/** Scripts and user data are as long as they are uniform: what they are made of is compared instead. */
const LONG = /^\/(install\.sh|cloud-init\.yaml)$/;

/** The names of files have hashes, which change with every minor; what changed in the files is what is looked at. */
function withoutHashes(text: string): string {
  return text.replace(/-[0-9a-f]{10}\.yaml/g, '-HASH.yaml');
}

/** `role path` of each file with its text. */
function texts(files: readonly NodeFile[]): Map<string, string> {
  const compared = files.filter(({ path }) => !LONG.test(path));
  return new Map(compared.map(({ role, path, content }) => [withoutHashes(`${role} ${path}`), withoutHashes(content)]));
}

/** What is different in the second set of files, in the form that `diff -u` has, without line numbers. */
export function difference(before: readonly NodeFile[], after: readonly NodeFile[]): string {
  const [old, now] = [texts(before), texts(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const { hunks } = structuredPatch(name, name, old.get(name) ?? '', now.get(name) ?? '', '', '', { context: 2 });
    return hunks.length === 0 ? [] : [`${name}\n${hunks.map(({ lines }) => `@@\n${lines.join('\n')}\n`).join('')}`];
  });
  return changed.join('\n') || 'none\n';
}
