/**
 * API groups that are built in: the API server keeps their objects in etcd under `/registry/<resource>/`, those of all other
 * groups under `/registry/<group>/<resource>/`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/release-1.37/pkg/kubeapiserver/default_storage_factory_builder.go
 */
const BUILT_IN_GROUPS: readonly string[] = [
  '',
  'admissionregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
];

/** Built-in resources that are kept under another name than their own. */
const SPECIAL: Readonly<Record<string, string>> = {
  endpoints: 'services/endpoints',
  'ingresses.networking.k8s.io': 'ingress',
  nodes: 'minions',
  replicationcontrollers: 'controllers',
  services: 'services/specs',
};

/** What the API server keeps for itself, without encryption: its own addresses, and which cluster addresses and ports are taken. */
export const ETCD_PARTS_IN_THE_CLEAR: readonly string[] = ['masterleases', 'peerserverleases', 'ranges'];

/** Where in etcd, below `/registry/`, a resource lies: `secrets`, `services/specs`, `example.com/widgets`. */
export function etcdPartOf(resource: string): string {
  const dot = resource.indexOf('.');
  const [name, group] = dot < 0 ? [resource, ''] : [resource.slice(0, dot), resource.slice(dot + 1)];
  return (
    (Object.hasOwn(SPECIAL, resource) ? SPECIAL[resource] : undefined) ?? (BUILT_IN_GROUPS.includes(group) ? name : `${group}/${name}`)
  );
}
