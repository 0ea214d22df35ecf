import { z } from 'zod';
import type { ControlId } from '../../controls';
import { coversResource, encryptedResourceProblem, HARMLESS_RESOURCES } from './encrypted-resources';
import { goSeconds } from './go-duration';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';

const KEYS = z.strictObject({ keys: z.array(z.strictObject({ name: z.string(), secret: z.string() })) });
const KMS = z.strictObject({
  apiVersion: z.string().optional(),
  name: z.string(),
  endpoint: z.string(),
  timeout: z.string().optional(),
  cachesize: z.int().optional(),
});
const PROVIDER = z.strictObject({
  aescbc: KEYS.optional(),
  aesgcm: KEYS.optional(),
  identity: z.strictObject({}).optional(),
  kms: KMS.optional(),
  secretbox: KEYS.optional(),
});
const ITEM = z.strictObject({ resources: z.array(z.string()), providers: z.array(PROVIDER) });
const SCHEMA = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('EncryptionConfiguration'),
  resources: z.array(ITEM),
});
type Item = z.output<typeof ITEM>;
type Provider = z.output<typeof PROVIDER>;

/** Bytes that a key of each provider may have. */
const KEY_BYTES = { aescbc: [16, 24, 32], aesgcm: [16, 24, 32], secretbox: [32] } as const;

/**
 * What is wrong with an EncryptionConfiguration: what the API server refuses, and what it takes although Secrets then lie in
 * the clear, or a key where it should not. An empty list of keys is a skeleton, which a script on the node completes.
 *
 * @see https://github.com/kubernetes/apiserver/blob/release-1.36/pkg/apis/apiserver/validation/validation_encryption.go
 */
export function encryptionProblems(document: unknown): readonly NodeFileProblem[] {
  const { value, problems } = shapeOf(document, { schema: SCHEMA, control: 'NET-22', unknownFields: 'refused' });
  if (!value) {
    return problems;
  }
  return [
    ...value.resources.flatMap((item, index) => itemProblems(item, `resources[${index}]`)),
    ...maskedProblems(value.resources),
    ...kmsNameProblems(value.resources),
    ...secretsProblems(value.resources),
  ];
}

function itemProblems({ resources, providers }: Item, at: string): NodeFileProblem[] {
  const empty = (['resources', 'providers'] as const).filter((name) => (name === 'resources' ? resources : providers).length === 0);
  return [
    ...empty.map((name) => problem(`${at}.${name}`, 'it is empty', 'name at least one')),
    ...resources.flatMap((resource, index) => resourceProblems(resource, index, resources, `${at}.resources[${index}]`)),
    ...providers.flatMap((provider, index) => providerProblems(provider, `${at}.providers[${index}]`)),
    ...plainTextProblems(resources, providers, `${at}.providers[0]`),
  ];
}

function resourceProblems(resource: string, index: number, all: readonly string[], field: string): NodeFileProblem[] {
  const name = encryptedResourceProblem(resource);
  const other = all.find((candidate, place) => coversResource(candidate, resource) && (candidate === resource ? place < index : true));
  return [
    ...(name ? [problem(field, `${name.message}: the API server does not start with it`, name.remedy)] : []),
    ...(other === undefined ? [] : [problem(field, `"${resource}" is covered by "${other}" of the same list`, 'remove one of them')]),
  ];
}

function providerProblems(provider: Provider, field: string): NodeFileProblem[] {
  const names = Object.entries(provider).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length !== 1) {
    return [
      problem(
        field,
        names.length === 0 ? 'it names no provider' : `it has ${names.length} providers: ${names.join(', ')}`,
        'give each provider an entry of its own, beginning with "-": the first of the list writes, all of them read',
      ),
    ];
  }
  const aesgcm = problem(
    `${field}.aesgcm`,
    'AES-GCM is unsafe after some 200,000 writes with one key',
    'use secretbox, or kms with apiVersion v2',
  );
  return [
    ...(provider.aesgcm ? [aesgcm] : []),
    ...(['aescbc', 'aesgcm', 'secretbox'] as const).flatMap((name) =>
      keyProblems(name, provider[name]?.keys ?? [], `${field}.${name}.keys`),
    ),
    ...(provider.kms ? kmsProblems(provider.kms, `${field}.kms`) : []),
  ];
}

function keyProblems(
  provider: keyof typeof KEY_BYTES,
  keys: readonly { readonly name: string; readonly secret: string }[],
  at: string,
): NodeFileProblem[] {
  return keys.flatMap(({ name, secret }, index) => {
    const bytes = Buffer.from(secret, 'base64').length;
    const sizes: readonly number[] = KEY_BYTES[provider];
    const twice = keys.findIndex((other) => other.name === name) < index;
    return [
      ...(name === '' ? [problem(`${at}[${index}].name`, 'it is empty', 'give each key a name, such as the day it was made')] : []),
      ...(twice
        ? [
            problem(
              `${at}[${index}].name`,
              `two keys are called "${name}": nothing tells which of them wrote a value`,
              'give each its own name',
            ),
          ]
        : []),
      ...(secret === ''
        ? [
            problem(
              `${at}[${index}].secret`,
              'it is empty',
              'leave the list of keys empty; a script on the node (kube-encryption-key) makes one',
            ),
          ]
        : [
            problem(
              `${at}[${index}].secret`,
              'it holds a key, and so does every place that this file was in before it came to the node',
              'make the key on the node (kube-encryption-key), and encrypt again what this one encrypted',
            ),
          ]),
      ...(secret === '' || sizes.includes(bytes)
        ? []
        : [problem(`${at}[${index}].secret`, `it has ${bytes} bytes`, `make the key of ${sizes.join(' or ')} random bytes in base64`)]),
    ];
  });
}

function kmsProblems(kms: z.output<typeof KMS>, at: string): NodeFileProblem[] {
  const wrong: readonly (readonly [field: string, wrong: boolean, message: string, remedy: string])[] = [
    ['apiVersion', kms.apiVersion !== 'v2', `${kms.apiVersion ?? 'v1, because it is missing,'} is off since Kubernetes 1.29`, 'write v2'],
    ['cachesize', kms.cachesize !== undefined, 'v2 has no cache size', 'remove it'],
    ['name', !/^[^:]+$/.test(kms.name), `"${kms.name}" is no name for it`, 'use letters, digits and "-", such as "kms-2026-11"'],
    [
      'endpoint',
      !/^unix:\/\/\/[^/]/.test(kms.endpoint),
      `"${kms.endpoint}" is not a Unix socket`,
      'write unix:// and the absolute path of the socket',
    ],
    [
      'timeout',
      kms.timeout !== undefined && !((goSeconds(kms.timeout) ?? 0) > 0),
      `"${kms.timeout}" is not a time`,
      'write a time above 0, such as 3s',
    ],
  ];
  return wrong.filter(([, is]) => is).map(([field, , message, remedy]) => problem(`${at}.${field}`, message, remedy, 'NET-23'));
}

/** Rules that no object reaches, because an earlier one has it all. */
function maskedProblems(items: readonly Item[]): NodeFileProblem[] {
  const earlier: string[] = [];
  return items.flatMap(({ resources }, index) => {
    const wildcards = earlier.filter((resource) => resource.startsWith('*'));
    earlier.push(...resources);
    return resources.flatMap((resource, place) => {
      const by = wildcards.find((rule) => coversResource(rule, resource));
      const message = `"${resource}" is masked by the earlier "${by}": the API server does not start with it`;
      return by === undefined ? [] : [problem(`resources[${index}].resources[${place}]`, message, `put this rule before that of "${by}"`)];
    });
  });
}

function kmsNameProblems(items: readonly Item[]): NodeFileProblem[] {
  const names = items.flatMap(({ providers }, index) =>
    providers.flatMap(({ kms }, place) => (kms ? [{ name: kms.name, field: `resources[${index}].providers[${place}].kms.name` }] : [])),
  );
  return names
    .filter(({ name }, index) => names.findIndex((other) => other.name === name) < index)
    .map(({ name, field }) =>
      problem(field, `two providers are called "${name}": the API server does not start with it`, 'give each its own name', 'NET-23'),
    );
}

/** `identity` as the one that writes. Right only by itself, and only for what holds no credentials. */
function plainTextProblems(resources: readonly string[], providers: readonly Provider[], field: string): NodeFileProblem[] {
  const right = providers.length === 1 && resources.every((resource) => HARMLESS_RESOURCES.includes(resource));
  return providers[0]?.identity === undefined || right
    ? []
    : [problem(field, `identity writes ${resources.join(', ')} in the clear`, 'put the provider that encrypts first, and identity last')];
}

function secretsProblems(items: readonly Item[]): NodeFileProblem[] {
  const covered = items.some(({ resources }) => resources.some((rule) => coversResource(rule, 'secrets')));
  return covered
    ? []
    : [problem('resources', 'no rule is about Secrets, so that they lie in the clear', 'add "secrets", or "*.*" as the last rule')];
}

function problem(field: string, message: string, remedy: string, control: ControlId = 'NET-22'): NodeFileProblem {
  return { field, message, control, remedy };
}
