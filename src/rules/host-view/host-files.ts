import * as path from 'node:path';
import type { NodeFile } from '../../manifest';

/** A path that systemd-tmpfiles makes or sets (tmpfiles.d(5)). */
export interface TmpfilesLine {
  readonly file: NodeFile;
  /** First letter of the type: `d` makes a folder, `f` a file, `z` and `Z` set what is there. */
  readonly type: string;
  readonly path: string;
  /** Octal; `-` leaves it. */
  readonly mode: string;
  /** `user:group`. */
  readonly owner: string;
}

/** The lines of a tmpfiles.d file; none, if it is another. */
export function tmpfilesLines(file: NodeFile): TmpfilesLine[] {
  if (!/\/tmpfiles\.d\/[^/]+\.conf$/.test(file.path)) {
    return [];
  }
  return contentLines(file).flatMap((line) => {
    const [type = '', target = '', mode = '-', user = '-', group = '-'] = line.split(/\s+/);
    return target.startsWith('/') ? [{ file, type: type.charAt(0), path: target, mode, owner: `${user}:${group}` }] : [];
  });
}

/** The kernel settings of a sysctl.d file by key; none, if it is another. */
export function sysctlsIn(file: NodeFile): ReadonlyMap<string, string> {
  if (!/\/sysctl\.d\/[^/]+\.conf$/.test(file.path)) {
    return new Map();
  }
  return new Map(
    contentLines(file).flatMap((line): [string, string][] => {
      const [key = '', value] = line.replace(/^-/, '').split(/\s*=\s*/, 2);
      return value === undefined ? [] : [[key.trim().replaceAll('/', '.'), value.trim()]];
    }),
  );
}

function contentLines({ content }: NodeFile): string[] {
  return content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));
}

/** Whether the path is the folder, or lies in it. */
export function isInside(target: string, folder: string): boolean {
  return target === folder || target.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Whether the file may be executed: a script, or a program. */
export function isExecutable({ mode }: NodeFile): boolean {
  return (parseInt(mode, 8) & 0o111) !== 0;
}

/** What puts a file in its place. */
const PLACES = /\b(mv|install|tee|cp)\b/;

/** Whether a script makes this file on the host, as far as its text shows: it names the path, or folder and name, and places something. */
export function makes({ content }: NodeFile, target: string): boolean {
  const named =
    content.includes(target) || (content.includes(path.posix.dirname(target)) && content.includes(`/${path.posix.basename(target)}`));
  return named && PLACES.test(content);
}
