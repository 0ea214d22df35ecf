import { DEFAULT_SERVICE_ACCOUNT, identifiersOf, nameOf, podSpecOf, textOf } from '../manifest';
import type { KubeObject } from '../manifest';

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

/** The targets by which a waiver can name an object: with its kind, and what runs pods also without. */
export function waiverTargets(object: KubeObject): readonly string[] {
  const name = nameOf(object);
  return [`${textOf(object.kind) ?? ''}/${name}`, ...(podSpecOf(object) === undefined ? [] : [name])];
}
