import * as fs from 'node:fs';
import * as path from 'node:path';

/** Files that are written together, below one folder. */
export interface WritePlan {
  /** Folder that all paths are relative to. */
  readonly root: string;
  /** Content by relative path, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Relative path of the list of what was written, which the next run reads. */
  readonly index: string;
}

/** Ending of a file that is being written; never `.yaml`, so that nobody applies a half of one. */
const TEMPORARY = '.cdk8s-hardened-tmp';

/**
 * Writes all files of the plan, each to a temporary sibling that is then renamed, and afterwards removes what the last
 * run wrote and this one did not. Killed at any time, every file is either the old one or the new one, whole. A file
 * that is not in the index is never touched.
 *
 * @throws if a path leads out of the root
 */
export function writeFiles(plan: WritePlan): void {
  const previous = readIndex(plan);
  const targets = new Map([...plan.files].map(([name, content]) => [inside(plan.root, name), content]));
  const indexPath = inside(plan.root, plan.index);
  const names = [...plan.files.keys()].sort();
  // The union is on disk before any file is, so that a run that is killed leaves no file that the next one does not know.
  replaceFile(indexPath, JSON.stringify([...new Set([...previous, ...names])].sort(), undefined, 2) + '\n');
  for (const [target, content] of targets) {
    replaceFile(target, content);
  }
  for (const stale of previous.filter((name) => !plan.files.has(name))) {
    remove(plan.root, inside(plan.root, stale));
  }
  replaceFile(indexPath, JSON.stringify(names, undefined, 2) + '\n');
}

/** Replaces one file in one step, so that nobody ever sees a half of it. Leaves it alone when it holds the content already. */
export function replaceFile(target: string, content: string): void {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const temporary = target + TEMPORARY;
  fs.rmSync(temporary, { force: true }); // left by a run that was killed; also a link that somebody put there
  if (holds(target, content)) {
    return;
  }
  fs.writeFileSync(temporary, content, { flag: 'wx' });
  fs.renameSync(temporary, target);
}

/** Whether the file has this content. Read only where it can be: what is of another length is not the same. */
function holds(target: string, content: string): boolean {
  const size = fs.statSync(target, { throwIfNoEntry: false })?.size;
  return size === Buffer.byteLength(content) && fs.readFileSync(target, 'utf8') === content;
}

function remove(root: string, target: string): void {
  fs.rmSync(target, { force: true });
  fs.rmSync(target + TEMPORARY, { force: true });
  for (let folder = path.dirname(target); folder.startsWith(path.resolve(root) + path.sep); folder = path.dirname(folder)) {
    if (!fs.existsSync(folder) || fs.readdirSync(folder).length > 0) {
      return;
    }
    fs.rmdirSync(folder);
  }
}

function readIndex({ root, index }: WritePlan): string[] {
  const file = inside(root, index);
  if (!fs.existsSync(file)) {
    return [];
  }
  const names: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new Error(
      `${file} is not the list of written files that it should be. Remove it; files of earlier runs are then left where they are.`,
    );
  }
  return names;
}

function inside(root: string, name: string): string {
  const target = path.resolve(root, name);
  if (!target.startsWith(path.resolve(root) + path.sep)) {
    throw new Error(`'${name}' leads out of ${root}: nothing was written.`);
  }
  return target;
}
