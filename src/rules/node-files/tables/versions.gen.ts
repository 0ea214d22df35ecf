// Made by `npm run generate:fields` from the types and flags of Kubernetes, etcd and kind. Do not edit.

/** Modules that the tables were read from. */
export const TABLE_VERSIONS = {
  '1.35': { 'go.etcd.io/etcd/server/v3': 'v3.6.5', 'k8s.io/kubernetes': 'v1.35.4', 'sigs.k8s.io/kind': 'v0.33.0' },
  '1.36': { 'go.etcd.io/etcd/server/v3': 'v3.6.8', 'k8s.io/kubernetes': 'v1.36.3', 'sigs.k8s.io/kind': 'v0.33.0' },
  '1.37': { 'go.etcd.io/etcd/server/v3': 'v3.7.0', 'k8s.io/kubernetes': 'v1.37.2', 'sigs.k8s.io/kind': 'v0.33.0' },
} as const;
