import { groupOf, nameOf } from '../manifest';
import type { KubeObject } from '../manifest';

/** By group and kind: the names of objects that every cluster has, because Kubernetes makes them (and makes them again). */
const OWNED: Readonly<Record<string, RegExp>> = {
  '/Namespace': /^(default|kube-node-lease|kube-public|kube-system)$/,
  '/ServiceAccount': /\/default$/,
  '/Service': /^default\/kubernetes$/,
  '/ConfigMap': /\/kube-root-ca\.crt$/,
  'scheduling.k8s.io/PriorityClass': /^system-/,
  'rbac.authorization.k8s.io/ClusterRole': /^(system:.*|cluster-admin|admin|edit|view)$/,
  'rbac.authorization.k8s.io/ClusterRoleBinding': /^(system:.*|cluster-admin)$/,
};

/**
 * Whether Kubernetes itself makes the object. Nobody can create or delete such an object; fields of it can be set, with a Patch
 * resource, and given back.
 */
export function isOwnedByKubernetes(object: KubeObject): boolean {
  const key = `${groupOf(object)}/${object.kind}`;
  return Object.hasOwn(OWNED, key) && (OWNED[key] as RegExp).test(nameOf(object));
}
