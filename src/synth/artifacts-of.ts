import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupOf, identityOf, isClusterScoped, nameOf, objectProblem } from '../manifest';
import type { KubeObject, Manifest } from '../manifest';
import { sourceOf } from './source';

/**
 * Renders one API object, without the namespace that cdk8s puts on cluster-scoped kinds too.
 *
 * @throws if what comes out is no object of the API, as after a patch of its metadata
 */
export function manifestOf(construct: ApiObject): Manifest {
  const origin = { path: pathOf(construct), chart: Chart.of(construct).node.path, source: sourceOf(construct) };
  const object: unknown = construct.toJson();
  const problem = objectProblem(object);
  if (problem !== undefined) {
    throw new Error(`${placeOf({ origin })} renders no object of the Kubernetes API: ${problem}. Look at what its patches do.`);
  }
  return { object: withoutForeignNamespace(object as KubeObject), origin };
}

/** Path of what the user made: cdk8s-plus calls the object inside it `Resource`. */
function pathOf(construct: ApiObject): string {
  const { id, path, scope } = construct.node;
  return (id === 'Resource' || id === 'Default') && scope ? scope.node.path : path;
}

/** Renders every API object at or under `scope`, in tree order. */
export function manifestsOf(scope: IConstruct): Manifest[] {
  const objects = scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  return withoutNamespaceOfCustomKinds(objects.map(manifestOf));
}

/**
 * The manifests, those of custom kinds without the namespace of their chart where a definition among them says that the kind
 * lives outside namespaces. Pure.
 */
export function withoutNamespaceOfCustomKinds(manifests: readonly Manifest[]): Manifest[] {
  const outside = new Set(
    manifests.flatMap(({ object: { kind, spec } }) => (isClusterWide(kind, spec) ? [kindOf(spec.group, spec.names?.kind)] : [])),
  );
  return manifests.map((manifest) => {
    const { object } = manifest;
    return outside.has(kindOf(groupOf(object), object.kind)) ? { ...manifest, object: withoutNamespace(object) } : manifest;
  });
}

function isClusterWide(kind: string, spec: KubeObject['spec']): boolean {
  return kind === 'CustomResourceDefinition' && spec?.scope === 'Cluster';
}

function kindOf(group: unknown, kind: unknown): string {
  return `${String(group)}/${String(kind)}`;
}

/** One line for each object that is defined twice; one for all that the same two lines of code define twice. */
export function duplicates(manifests: readonly Manifest[]): string[] {
  const first = new Map<string, Manifest>();
  const told = new Map<string, string>();
  for (const manifest of manifests) {
    const identity = identityOf(manifest.object);
    const earlier = first.get(identity);
    if (!earlier) {
      first.set(identity, manifest);
      continue;
    }
    const places = earlier.origin.source && manifest.origin.source ? `${earlier.origin.source} ${manifest.origin.source}` : identity;
    if (!told.has(places)) {
      told.set(
        places,
        `${manifest.object.kind} ${nameOf(manifest.object)} is defined twice: by ${placeOf(earlier)} and by ${placeOf(manifest)}. One would overwrite the other ` +
          "(control NET-02). Give one of them another name or namespace: the name is the construct's id, or 'metadata: { name }'.",
      );
    }
  }
  return [...told.values()];
}

/** Where a manifest comes from, for an error. */
export function placeOf({ origin }: Pick<Manifest, 'origin'>): string {
  return [origin.path, origin.source && `(${origin.source})`].filter(Boolean).join(' ') || 'an unknown place';
}

/** The object without `metadata.namespace` where its kind lives outside namespaces. Pure; twice changes nothing. */
export function withoutForeignNamespace(object: KubeObject): KubeObject {
  return isClusterScoped(object) ? withoutNamespace(object) : object;
}

function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _namespace, ...metadata } = object.metadata;
  return { ...object, metadata };
}
