/** `metadata` of a Kubernetes object, as far as this project reads it. */
export interface KubeMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A Kubernetes API object in its wire format (what `kubectl apply` reads). */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
  readonly [field: string]: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the open part of every Kubernetes kind
}

/** Where a manifest comes from, so that a finding can name the place to mend. */
export interface Origin {
  /** Path of the construct in the tree, such as `shop/cartservice`. */
  readonly path?: string;
  /** Path of the chart that holds the object: the base of its file name. */
  readonly chart?: string;
  /** Source position, such as `src/shop.ts:14`, or `k8s/web.yaml:3` for YAML that was read. */
  readonly source?: string;
}

/** One API object and where it comes from. With `NodeFile` the input of every check and every writer. */
export interface Manifest {
  readonly object: KubeObject;
  readonly origin: Origin;
}

/** Short, human name of an object: `shop/cartservice`, or `shop` for a cluster-scoped one. */
export function nameOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * What makes two objects the same object for the API server: group, kind, namespace and name. The version is left
 * out on purpose, since `apps/v1` and `apps/v1beta1` name one object.
 */
export function identityOf(object: KubeObject): string {
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  return `${group}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
