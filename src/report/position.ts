import type { Origin } from '../manifest';

/** A place in a file. */
export interface Position {
  readonly file: string;
  readonly line: number;
}

/** The file and line of an origin; undefined where it has none. A file's name may hold colons, its line stands behind the last. */
export function positionOf({ source }: Origin): Position | undefined {
  const [, file, line] = /^(.+):(\d+)$/s.exec(source ?? '') ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}
