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
        : textsIn(manifest.object).flatMap(({ path, text }) =>
            secretsIn(text)
              .filter(({ what }) => !(manifest.object.kind === 'ConfigMap' && path.startsWith('data.') && what === 'a private key'))
              .map(({ what }) => ({ manifest, found: `${what} in ${path}` })),
          ),
    ),
});

/** Objects nest that deep at most; what a hostile manifest has below is not gone through. */
const DEEPEST = 40;

/** Every text in an object, with the path to it. */
function textsIn(object: KubeObject): { readonly path: string; readonly text: string }[] {
  const found: { readonly path: string; readonly text: string }[] = [];
  const visit = (value: unknown, path: string, depth: number): void => {
    const text = textOf(value);
    if (text !== undefined) {
      found.push({ path, text });
    } else if (depth < DEEPEST && Array.isArray(value)) {
      value.forEach((item, index) => visit(item, `${path}[${index}]`, depth + 1));
    } else if (depth < DEEPEST && isRecord(value)) {
      Object.entries(value).forEach(([name, item]) => visit(item, path === '' ? name : `${path}.${name}`, depth + 1));
    }
  };
  visit(object, '', 0);
  return found;
}
