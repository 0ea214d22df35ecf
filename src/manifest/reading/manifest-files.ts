import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ReadProblem } from './parse-manifests';

/** What lies below a folder, as far as manifests are concerned. */
export interface ManifestFiles {
  /** Paths, in alphabetical order; what links lead to comes last. */
  readonly files: readonly string[];
  readonly problems: readonly ReadProblem[];
}

/** Endings of the files that are read in a folder, as kubectl has them. */
const MANIFEST_FILE = /\.(?:ya?ml|json)$/;

/**
 * Every manifest file below a folder. A link is followed as long as it stays in the folder: one that leads out of it may
 * lead anywhere, and is told instead. Each file is listed once, however many links lead to it.
 */
export function manifestFilesIn(folder: string): ManifestFiles {
  const walk = new Walk(fs.realpathSync(folder));
  walk.folder(folder);
  walk.followLinks();
  return walk;
}

class Walk implements ManifestFiles {
  public readonly files: string[] = [];
  public readonly problems: ReadProblem[] = [];
  private readonly links: string[] = [];
  private readonly seen = new Set<string>();

  public constructor(private readonly root: string) {}

  public folder(folder: string): void {
    this.attempt(folder, () => {
      const real = fs.realpathSync(folder);
      if (this.seen.has(real)) {
        return;
      }
      this.seen.add(real);
      const entries = fs.readdirSync(folder, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        this.entry(path.join(folder, entry.name), entry);
      }
    });
  }

  /** Links come last, so that a file is called by its own name where it has one in the folder. */
  public followLinks(): void {
    for (let link = this.links.shift(); link !== undefined; link = this.links.shift()) {
      this.link(link);
    }
  }

  private entry(name: string, entry: fs.Dirent): void {
    if (entry.isSymbolicLink()) {
      this.links.push(name);
    } else if (entry.isDirectory()) {
      this.folder(name);
    } else if (entry.isFile() && MANIFEST_FILE.test(name)) {
      this.file(name);
    }
  }

  private link(name: string): void {
    this.attempt(name, () => {
      const target = fs.realpathSync(name);
      const isFolder = fs.statSync(target).isDirectory();
      if (!isFolder && !MANIFEST_FILE.test(name)) {
        return;
      }
      if (target !== this.root && !target.startsWith(this.root + path.sep)) {
        this.problems.push({ file: name, message: 'it is a link that leads out of the folder. Name what it leads to, if that is meant.' });
      } else if (isFolder) {
        this.folder(name);
      } else {
        this.file(name);
      }
    });
  }

  private file(name: string): void {
    const real = fs.realpathSync(name);
    if (!this.seen.has(real)) {
      this.seen.add(real);
      this.files.push(name);
    }
  }

  private attempt(name: string, body: () => void): void {
    try {
      body();
    } catch (error) {
      this.problems.push({ file: name, message: fileProblem(error) });
    }
  }
}

/** What a failed access to a file means, and what to do. @throws what is no such failure */
export function fileProblem(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) {
    throw error;
  }
  return FILE_PROBLEMS[code] ?? `it cannot be read (${code}).`;
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder, or it is a link that leads nowhere.',
  ELOOP: 'it is a link that leads back to itself. Remove it.',
  EACCES: 'it may not be read by you. Change its permissions, or run this as somebody who may.',
  EPERM: 'it may not be read by you. Change its permissions, or run this as somebody who may.',
  ENAMETOOLONG: 'its name is too long for the file system.',
  ENOTDIR: 'a part of its path is no folder.',
};
