import { podSpecOf } from '../manifest';
import type { KubeObject } from '../manifest';

/** Service account that a pod without one runs as. */
const DEFAULT_SERVICE_ACCOUNT = 'default';

/**
 * The key under which a waiver is looked up: `namespace_serviceAccount_container` for what runs pods,
 * `Kind_namespace_name` for the rest. No Kubernetes name holds `_`, so a key is never ambiguous.
 */
export function waiverKey(object: KubeObject, container = ''): string {
  const { namespace = '', name } = object.metadata;
  const podSpec = podSpecOf(object);
  return podSpec
    ? `${namespace}_${podSpec['serviceAccountName'] ?? DEFAULT_SERVICE_ACCOUNT}_${container}`
    : `${object.kind}_${namespace}_${name}`;
}
