/** What a depth-first walk comes to. */
export interface DepthFirst<T> {
  /** Everything that was reached, each after what it needs. */
  readonly order: readonly T[];
  /** Whether something needs itself, by however many steps. */
  readonly cyclic: boolean;
}

/**
 * Everything that can be reached from `starts`, each once and after what it needs, otherwise in the order given. Linear,
 * and with a stack of its own: a chain of needs may be longer than the call stack.
 */
export function depthFirst<T>(starts: Iterable<T>, needs: (item: T) => Iterable<T>): DepthFirst<T> {
  const open = new Set<T>();
  const done = new Set<T>();
  let cyclic = false;
  for (const start of starts) {
    const stack: { readonly item: T; readonly rest: Iterator<T> }[] = [];
    const enter = (item: T): void => {
      if (open.has(item)) {
        cyclic = true;
      } else if (!done.has(item)) {
        open.add(item);
        stack.push({ item, rest: needs(item)[Symbol.iterator]() });
      }
    };
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done) {
        open.delete(top.item);
        done.add(top.item);
        stack.pop();
      } else {
        enter(next.value);
      }
    }
  }
  return { order: [...done], cyclic };
}
