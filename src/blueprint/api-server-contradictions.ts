import { DEFAULT_OIDC_PREFIX, DISTRIBUTIONS_WITH_OWN_ENCRYPTION, TOKEN_JOIN_DISTRIBUTIONS } from '../control-plane';
import { MANAGED_DISTRIBUTIONS } from '../settings';
import type { Mistake } from './describe-issue';
import { keysAt, listAt, textsAt, valueAt } from './plain-data';
import type { Written } from './plain-data';

/** Settings of the API server that exclude each other, or that would come to nothing. */
export function apiServerContradictions(document: unknown): Mistake[] {
  return [
    ...encryption(document),
    ...issuers(document),
    ...unreachableGroups(document),
    ...authorization(document),
    ...tokenJoin(document),
    ...ofOthers(document),
  ];
}

function encryption(document: unknown): Mistake[] {
  const provider = valueAt(document, ['encryption', 'provider']) ?? 'secretbox';
  const kms = valueAt(document, ['encryption', 'kms']);
  const reason = valueAt(document, ['encryption', 'reason']);
  return [
    ...(provider === 'kms' && kms === undefined
      ? [
          {
            path: ['encryption', 'provider'],
            message: 'kms needs a key service (control NET-23). Add encryption.kms with its name and socket.',
          },
        ]
      : []),
    ...(provider !== 'kms' && kms !== undefined
      ? [
          {
            path: ['encryption', 'kms'],
            message: `the provider is ${String(provider)}, so that this would come to nothing (control NET-23). Write provider: kms, or remove it.`,
          },
        ]
      : []),
    ...(provider === 'aescbc' && reason === undefined
      ? [
          {
            path: ['encryption', 'provider'],
            message: 'aescbc is weak (control NET-22). Use secretbox, or say why not in encryption.reason.',
          },
        ]
      : []),
  ];
}

/** The identity providers: `access.oidc` is one, or a list. */
function issuersOf(document: unknown): Written<unknown>[] {
  const path = ['access', 'oidc'];
  const value = valueAt(document, path);
  return Array.isArray(value) ? listAt(document, path) : value === undefined ? [] : [{ path, value }];
}

function prefixOf(document: unknown, path: readonly PropertyKey[]): string {
  return String(valueAt(document, [...path, 'prefix']) ?? DEFAULT_OIDC_PREFIX);
}

/** Two that share a URL or a prefix: one could speak for the users of the other. */
function issuers(document: unknown): Mistake[] {
  const all = issuersOf(document).map(({ path }) => ({
    path,
    issuer: String(valueAt(document, [...path, 'issuer'])),
    prefix: prefixOf(document, path),
  }));
  return (['issuer', 'prefix'] as const).flatMap((name) =>
    all.flatMap((item, index) => {
      const first = all.findIndex((other) => other[name] === item[name]);
      const message = `access.oidc.${first} has '${item[name]}' too, and could speak for its users (control AUTH-01). Give each one of its own.`;
      return first < index ? [{ path: [...item.path, name], message }] : [];
    }),
  );
}

/**
 * Groups that no identity provider can put anybody into. Names are written as the API server sees them, so that the same text
 * is in the blueprint, in bindings, in policies and in the audit log.
 */
function unreachableGroups(document: unknown): Mistake[] {
  const prefixes = issuersOf(document).map(({ path }) => prefixOf(document, path));
  const written = [
    ...groupsIn(document, ['access', 'groups']),
    ...listAt(document, ['tenants']).flatMap(({ path }) => groupsIn(document, [...path, 'groups'])),
    ...textsAt(document, ['enforcement', 'exempt', 'groups']),
  ];
  // Groups that Kubernetes and kubeadm make themselves reach the API server in certificates.
  const known = [...prefixes, 'system:', 'kubeadm:'];
  return prefixes.length === 0
    ? []
    : written
        .filter(({ value }) => !known.some((prefix) => value.startsWith(prefix)))
        .map(({ value, path }) => ({
          path,
          message:
            `nobody can be in the group '${value}': those of the identity provider begin with ${prefixes.map((prefix) => `'${prefix}'`).join(' or ')} ` +
            `(control AUTH-01). Write ${prefixes.map((prefix) => `'${prefix}${value}'`).join(' or ')}.`,
        }));
}

function groupsIn(document: unknown, path: readonly PropertyKey[]): Written<string>[] {
  return keysAt(document, path).flatMap((persona) => textsAt(document, [...path, persona]));
}

function authorization(document: unknown): Mistake[] {
  const path = ['access', 'authorization', 'form'];
  const flag = valueAt(document, path) === 'flag' && valueAt(document, ['access', 'authorization', 'webhook']) !== undefined;
  return flag ? [{ path, message: 'a flag cannot name the webhook (control AUTH-04). Write file, or remove it.' }] : [];
}

function tokenJoin(document: unknown): Mistake[] {
  const path = ['access', 'tokenJoin'];
  const distribution = valueAt(document, ['cluster', 'distribution']);
  const possible = TOKEN_JOIN_DISTRIBUTIONS.some((candidate) => candidate === distribution);
  return valueAt(document, path) === true && !possible
    ? [{ path, message: `nodes of ${String(distribution)} read no cluster-info to join (control AUTH-02). Remove it.` }]
    : [];
}

/** What the distribution, or the provider, decides by itself, so that a setting would come to nothing. */
function ofOthers(document: unknown): Mistake[] {
  const distribution = valueAt(document, ['cluster', 'distribution']);
  const among = (all: readonly unknown[]): boolean => all.includes(distribution);
  const written = (path: readonly PropertyKey[], why: string): Mistake[] =>
    valueAt(document, path) === undefined
      ? []
      : [{ path, message: `on ${String(distribution)} ${why}, so that this would come to nothing. Remove it.` }];
  return [
    ...(among(MANAGED_DISTRIBUTIONS)
      ? [
          ...written(['admission'], 'the provider decides which plug-ins there are (control POD-08)'),
          ...written(['access', 'authorization'], 'the provider decides who is asked (control AUTH-04)'),
        ]
      : []),
    ...(among(DISTRIBUTIONS_WITH_OWN_ENCRYPTION)
      ? [
          ...written(['encryption', 'resources'], 'Secrets are encrypted and nothing else (control NET-22)'),
          ...written(['encryption', 'kms'], 'the key is on the node (control NET-23)'),
        ]
      : []),
    ...(distribution === 'talos'
      ? [
          ...written(['access', 'authorization', 'webhook'], 'there is no place for its key (control AUTH-04)'),
          ...written(['admission', 'imagePolicy'], 'there is no place for its key (control POD-06)'),
          ...written(['audit', 'webhook'], 'there is no place for its key (control LOG-04)'),
          ...written(['encryption', 'reason'], 'the provider is secretbox (control NET-22)'),
        ]
      : []),
  ];
}
