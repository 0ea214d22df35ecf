import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { identityOf, isClusterScoped } from '../manifest';
import type { KubeObject, Manifest } from '../manifest';
import { sourceOf } from './source';

/** Renders one API object, without the namespace that cdk8s puts on cluster-scoped kinds too. */
export function manifestOf(construct: ApiObject): Manifest {
  return {
    object: withoutForeignNamespace(construct.toJson() as KubeObject),
    origin: { path: construct.node.path, chart: Chart.of(construct).node.path, source: sourceOf(construct) },
  };
}

/** Renders every API object at or under `scope`, in tree order. */
export function manifestsOf(scope: IConstruct): Manifest[] {
  return scope.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map(manifestOf);
}

/** One line for each object that is defined twice. */
export function duplicates(manifests: readonly Manifest[]): string[] {
  const first = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const identity = identityOf(manifest.object);
    const earlier = first.get(identity);
    first.set(identity, earlier ?? manifest);
    const { kind, metadata } = manifest.object;
    return earlier
      ? [
          `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')} is defined twice: by ${placeOf(earlier)} and by ${placeOf(manifest)}. ` +
            "Give one of them another name or namespace (the name is the construct's id, or 'metadata: { name }').",
        ]
      : [];
  });
}

/** Where a manifest comes from, for an error. */
export function placeOf({ origin }: Manifest): string {
  return [origin.path, origin.source && `(${origin.source})`].filter(Boolean).join(' ') || 'an unknown place';
}

/** The object without `metadata.namespace` where its kind lives outside namespaces. Pure; twice changes nothing. */
export function withoutForeignNamespace(object: KubeObject): KubeObject {
  if (!isClusterScoped(object)) {
    return object;
  }
  const { namespace: _namespace, ...metadata } = object.metadata;
  return { ...object, metadata };
}
