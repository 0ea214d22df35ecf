import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { KubeObject } from '../manifest';

/** Changes a manifest after cdk8s has rendered it. Pure, and the same when it is applied twice. */
export type ManifestTransform = (manifest: KubeObject, construct: ApiObject) => KubeObject;

/**
 * Applies `transform` to whatever `object` renders. The object's `toJson` is wrapped once for each key: a second call
 * with the same key changes nothing.
 *
 * This is the one place where fields can be set that cdk8s-plus-27 does not know: its own `toJson` ends in a list of
 * known fields, and what a JSON patch has added before is dropped there without a word.
 */
export function transformOnSynth(object: ApiObject, key: symbol, transform: ManifestTransform): void {
  if (key in object) {
    return;
  }
  Object.defineProperty(object, key, { value: true });
  const render = object.toJson.bind(object);
  object.toJson = () => transform(render() as KubeObject, object);
}

/**
 * Applies `transform` to every API object in the scope at synth, those that are added after this call too.
 *
 * Every way to synthesise (`App.synth`, `synthYaml`, `Testing.synth`) first asks the whole tree for its validations:
 * that is the last moment before rendering that any `App` gives, so the objects are found and wrapped there.
 */
export function onSynth(scope: IConstruct, key: symbol, transform: ManifestTransform): void {
  scope.node.addValidation({
    validate: () => {
      for (const construct of scope.node.findAll()) {
        if (ApiObject.isApiObject(construct)) {
          transformOnSynth(construct, key, transform);
        }
      }
      return [];
    },
  });
}
