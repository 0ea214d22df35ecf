import type { EncryptionSection } from './encryption-section';

/** A provider: exactly one kind. `keys` is always empty here. */
export type EncryptionProviderEntry =
  | { readonly secretbox: { readonly keys: readonly [] } }
  | { readonly aescbc: { readonly keys: readonly [] } }
  | { readonly kms: { readonly apiVersion: 'v2'; readonly name: string; readonly endpoint: `unix://${string}`; readonly timeout: string } }
  | { readonly identity: Readonly<Record<string, never>> };

/** What is stored how: the first provider writes, all of them read. */
export interface EncryptionRule {
  readonly resources: readonly string[];
  readonly providers: readonly EncryptionProviderEntry[];
}

/** An EncryptionConfiguration without keys. The API server does not start with one whose provider needs a key. */
export interface EncryptionSkeleton {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'EncryptionConfiguration';
  readonly resources: readonly EncryptionRule[];
}

/**
 * The configuration, with a place for the key. What stays in the clear comes first, because a rule behind `*.*` is masked; the
 * rule that encrypts comes last, because kube-bench (CIS 1.2.28) reads the line after the last `providers:`. `identity` is last
 * in it: what was stored before is still read.
 */
export function encryptionSkeleton({ provider, resources, inTheClear, kms }: EncryptionSection): EncryptionSkeleton {
  const entry: EncryptionProviderEntry =
    kms !== undefined
      ? { kms: { apiVersion: 'v2', name: kms.name, endpoint: `unix://${kms.socket}`, timeout: `${kms.timeoutSeconds}s` } }
      : provider === 'aescbc'
        ? { aescbc: { keys: [] } }
        : { secretbox: { keys: [] } };
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [
      ...(inTheClear.length > 0 ? [{ resources: inTheClear, providers: [{ identity: {} }] }] : []),
      { resources, providers: [entry, { identity: {} }] },
    ],
  };
}
