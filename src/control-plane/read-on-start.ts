import { createHash } from 'node:crypto';
import * as path from 'node:path';
import type { NodeFile } from '../manifest';
import { configYaml } from './config-yaml';

/**
 * A file that the API server reads when it starts, and never again. Its name has a hash of what is in it, so that a change
 * changes the flag too: a kubelet restarts a static pod when its manifest changes, and not for a file that is mounted.
 */
export function readOnStart(folder: string, name: string, document: object): NodeFile {
  const content = configYaml(document);
  return {
    role: 'control-plane',
    path: path.posix.join(folder, `${name}-${shortHash(content)}.yaml`),
    mode: '0600',
    owner: 'root:root',
    content,
  };
}

/** Enough of a hash to tell one content from another in the name of a file. */
export function shortHash(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
