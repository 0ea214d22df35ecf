import { isRecord, textOf } from '../manifest';
import type { KubeObject } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { secretsIn } from './secret-text';

/**
 * No key or token anywhere in a manifest. Secrets with data, credentials in ConfigMaps and in the environment have rules of their own
 * (`secret-inline-data`, `config-map-credentials`, `secrets-in-env`).
 */
export const secretInManifest = artifactsRule({
  id: 'secret-in-manifest',
  controls: ['NET-21'],
  message: 'holds a secret in its text',
  remedy: 'move it into a Secret that an operator makes, and mount that as files',
  problems: (_, { artifacts }) =>
    artifacts.manifests.flatMap((manifest) =>
      manifest.object.kind === 'Secret'
        ? []
        : secretsOf(manifest.object)
            .filter(({ what, path }) => !(manifest.object.kind === 'ConfigMap' && path.startsWith('data.') && what === 'a private key'))
            .map(({ what, path }) => ({ manifest, found: `${what} in ${path}` })),
    ),
});

/** Objects nest that deep at most; what a hostile manifest has below is not gone through. */
const DEEPEST = 40;

interface SecretAt {
  readonly what: string;
  readonly path: string;
}

/** Every secret in the texts of an object, with the path to it. */
function secretsOf(object: KubeObject): SecretAt[] {
  const visit = (value: unknown, depth: number): SecretAt[] => {
    const text = textOf(value);
    if (text !== undefined) {
      return secretsIn(text).map(({ what }) => ({ what, path: '' }));
    }
    if (depth === DEEPEST) {
      return [];
    }
    const under = (name: string, item: unknown): SecretAt[] =>
      visit(item, depth + 1).map(({ what, path }) => ({ what, path: name + path }));
    return Array.isArray(value)
      ? value.flatMap((item, index) => under(`[${index}]`, item))
      : Object.entries(isRecord(value) ? value : {}).flatMap(([name, item]) => under(`.${name}`, item));
  };
  return visit(object, 0).map(({ what, path }) => ({ what, path: path.replace(/^\./, '') }));
}
