import * as path from 'node:path';
import type { IConstruct } from 'constructs';

const SOURCE = Symbol.for('cdk8s-hardened.source');

/** Folder of this library: frames in it are not where the user wrote something. */
const LIBRARY = path.dirname(__dirname);

/** Remembers where in the user's code the construct was made, for findings to name. */
export function rememberSource(construct: IConstruct): void {
  const source = callerOutsideLibrary(new Error().stack ?? '');
  if (source !== undefined) {
    Object.defineProperty(construct, SOURCE, { value: source, configurable: true });
  }
}

/** `src/shop.ts:14` of the nearest construct at or above that remembers its source. */
export function sourceOf(construct: IConstruct): string | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const source = (at as { [SOURCE]?: string })[SOURCE];
    if (source !== undefined) {
      return source;
    }
  }
  return undefined;
}

function callerOutsideLibrary(stack: string): string | undefined {
  for (const line of stack.split('\n').slice(1)) {
    const frame = /\(?((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):\d+\)?$/.exec(line.trim());
    const file = frame?.[1]?.replace(/^file:\/\//, '');
    if (file !== undefined && !file.startsWith(LIBRARY + path.sep) && !file.includes(`${path.sep}node_modules${path.sep}`)) {
      return `${path.relative(process.cwd(), file)}:${frame?.[2]}`;
    }
  }
  return undefined;
}
