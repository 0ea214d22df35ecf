import { isRecord } from '../wire';

/** A value in a document, and where it lies there. */
export interface Placed {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/**
 * What a document holds, with lists taken apart. As kubectl does it, everything with `items` is a list, whatever its kind;
 * an item of a typed list, such as a DeploymentList, need not name its own kind (k8s.io/apimachinery, unstructured).
 */
export function* flattenList(value: unknown, path: readonly PropertyKey[] = []): Generator<Placed> {
  if (!isRecord(value) || !(Array.isArray(value['items']) || value['items'] === null)) {
    yield { value, path };
    return;
  }
  const items = (value['items'] ?? []) as readonly unknown[];
  for (const [index, item] of items.entries()) {
    yield* flattenList(ofKind(item, value), [...path, 'items', index]);
  }
}

function ofKind(item: unknown, { apiVersion, kind }: Record<string, unknown>): unknown {
  const named = !isRecord(item) || item['apiVersion'] !== undefined || item['kind'] !== undefined || typeof kind !== 'string';
  return named ? item : { apiVersion, kind: kind.replace(/List$/, ''), ...item };
}
