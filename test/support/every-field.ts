import type { DocumentKindName } from '../../src/rules';
import type { KubernetesMinor } from '../../src/settings';
import { CLOSED_TEXTS } from '../../src/rules/node-files/closed-texts';
import { atMinor } from '../../src/rules/node-files/tables/by-minor';
import type { ByMinor } from '../../src/rules/node-files/tables/by-minor';
import { KINDS, TYPES, VALUES } from '../../src/rules/node-files/tables/documents.gen';

/** A value of each type that has no fields. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  any: {},
  bool: true,
  bytes: '',
  duration: '1m0s',
  durationOrInt: '5s',
  int: 1,
  intOrString: 1,
  number: 0.5,
  quantity: '1Mi',
  string: 'a',
  time: '2026-11-24T12:00:00Z',
};

/** A document with every field that the minor knows of, further in too; undefined if it does not know the kind. */
export function everyField(name: DocumentKindName, minor: KubernetesMinor): Readonly<Record<string, unknown>> | undefined {
  const type = atMinor(KINDS[name] as ByMinor<string>, minor);
  const [apiVersion, kind] = name.split(' ');
  return type === undefined ? undefined : { ...(sample(type, minor) as object), ...(kind === undefined ? {} : { apiVersion, kind }) };
}

function sample(type: string, minor: KubernetesMinor): unknown {
  if (type.endsWith('[]')) {
    return [sample(type.slice(0, -'[]'.length), minor)];
  }
  if (type.startsWith('{')) {
    return { a: sample(type.slice(1, -1), minor) };
  }
  const fields = (TYPES as Readonly<Record<string, Readonly<Record<string, ByMinor<string>>>>>)[type];
  if (fields) {
    return Object.fromEntries(
      Object.entries(fields).flatMap(([field, row]) => {
        const fieldType = atMinor(row, minor);
        return fieldType === undefined ? [] : [[field, CLOSED_TEXTS[`${type}.${field}`]?.[0] ?? sample(fieldType, minor)]];
      }),
    );
  }
  return SAMPLES[type] ?? atMinor((VALUES as Readonly<Record<string, ByMinor<readonly string[]>>>)[type], minor)?.at(-1);
}
