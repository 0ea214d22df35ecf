import { DEFAULT_SERVICE_ACCOUNT, identifiersOf, nameOf, podSpecOf, textOf } from '../manifest';
import type { KubeObject, NodeFile } from '../manifest';

/**
 * The key under which a waiver is looked up: `namespace_serviceAccount_container` for what runs pods,
 * `Kind_namespace_name` for the rest. No Kubernetes name holds `_`, so a key is never ambiguous.
 */
export function waiverKey(object: KubeObject, container = ''): string {
  const { namespace, name } = identifiersOf(object);
  const podSpec = podSpecOf(object);
  return podSpec
    ? `${namespace}_${textOf(podSpec['serviceAccountName']) ?? DEFAULT_SERVICE_ACCOUNT}_${container}`
    : `${object.kind}_${namespace}_${name}`;
}

/** Word in the place of a kind that says that a target is a file for hosts. */
export const NODE_FILE_KIND = 'NodeFile';

/** The target by which a waiver names a node file: `NodeFile/control-plane/etc/kubernetes/audit-policy.yaml`. */
export function nodeFileTarget({ role, path }: Pick<NodeFile, 'role' | 'path'>): string {
  return `${NODE_FILE_KIND}/${role}${path}`;
}

/** The targets by which a waiver can name an object: with its kind, and what runs pods also without. */
export function waiverTargets(object: KubeObject): readonly string[] {
  const name = nameOf(object);
  return [`${textOf(object.kind) ?? ''}/${name}`, ...(podSpecOf(object) === undefined ? [] : [name])];
}
