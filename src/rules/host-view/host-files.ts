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

/** A variable that a line of a shell script sets. */
const VARIABLE = /^\s*(\w+)=["']?([^\s"']+)/;

/** Whether a script makes this file on the host, as far as its text shows: a line places the path, or a variable that is the path. */
export function makes({ content }: NodeFile, target: string): boolean {
  const { dir, base } = path.posix.parse(target);
  if (!content.includes(dir) || !content.includes(base)) {
    return false;
  }
  const lines = content.split('\n');
  const variables = lines.flatMap((line) => {
    const [, name = '', value = ''] = VARIABLE.exec(line) ?? [];
    return value === target || /^\$\{?\w+\}?\/[^/]+$/.exec(value)?.[0].endsWith(`/${base}`) ? [`$${name}`, `\${${name}}`] : [];
  });
  return [target, ...variables].some((named) => lines.some((line) => places(line, named)));
}

function places(line: string, named: string): boolean {
  const at = line.indexOf(named);
  return at >= 0 && (PLACES.test(line) || />\s*["']?$/.test(line.slice(0, at)));
}
