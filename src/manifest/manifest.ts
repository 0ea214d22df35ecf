import { recordOf, textOf } from './wire';

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
  /** Template of a Helm chart that it was rendered from, where its output says so. */
  readonly template?: string;
  /** Source position of each container by its name, for YAML that was read. */
  readonly containers?: ReadonlyMap<string, string>;
}

/** One API object and where it comes from. With `NodeFile` the input of every check and every writer. */
export interface Manifest {
  readonly object: KubeObject;
  readonly origin: Origin;
}

/** Where to mend what is wrong with a manifest, or with one container of it. */
export function originOf({ origin }: Manifest, container?: string): Origin {
  const { containers, ...place } = origin;
  const source = container === undefined ? undefined : containers?.get(container);
  return source === undefined ? place : { ...place, source };
}

/** Short, human name of an object: `shop/cartservice`, or `shop` for a cluster-scoped one; what `generateName` begins it with. */
export function nameOf(object: KubeObject): string {
  const { namespace, name } = identifiersOf(object);
  const own = name === '' ? (textOf(recordOf(object.metadata)['generateName']) ?? '') : name;
  return namespace === '' ? own : `${namespace}/${own}`;
}

/** Name and namespace of an object; empty where it has none, or something else in its place. */
export function identifiersOf(object: KubeObject): { readonly name: string; readonly namespace: string } {
  const { name, namespace } = recordOf(object.metadata);
  return { name: textOf(name) ?? '', namespace: textOf(namespace) ?? '' };
}

/** API group of an object; empty for the core group. */
export function groupOf(object: Pick<KubeObject, 'apiVersion'>): string {
  const [group = '', version] = (textOf(object.apiVersion) ?? '').split('/');
  return version === undefined ? '' : group;
}

/**
 * What makes two objects the same object for the API server: group, kind, namespace and name. The version is left
 * out on purpose, since `apps/v1` and `apps/v1beta1` name one object.
 */
export function identityOf(object: KubeObject): string {
  const { name, namespace } = identifiersOf(object);
  return `${groupOf(object)}/${object.kind}/${namespace}/${name}`;
}
