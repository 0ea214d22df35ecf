import * as path from 'node:path';
import type { ControlId } from '../../controls';
import { coversResource, encryptedResourceProblem, HARMLESS_RESOURCES } from '../../rules';

/** What encrypts. `aesgcm` is not among them: it is unsafe after some 200,000 writes with one key. */
export const ENCRYPTION_PROVIDERS = ['secretbox', 'kms', 'aescbc'] as const;
export type EncryptionProvider = (typeof ENCRYPTION_PROVIDERS)[number];

/** Everything that the API server stores. */
export const EVERYTHING = '*.*';

/** How long the API server waits for a key service, unless told. */
export const DEFAULT_KMS_TIMEOUT_SECONDS = 3;

/** A key service on the host, which the API server reaches through a socket (KMS v2). */
export interface KmsProps {
  /**
   * Name of the provider, in every stored value: `kms-2026-11`. Another name is another provider, so that a change of plug-in
   * or of its root key can be rolled out beside the old one.
   */
  readonly name: string;
  /** Absolute path of the plug-in's Unix socket, in a folder of its own: `/run/kms/kms.sock`. */
  readonly socket: string;
  /** @default 3 */
  readonly timeoutSeconds?: number;
}

/** What the API server encrypts before it stores it, and with what. */
export interface EncryptionProps {
  /** @default 'secretbox' */
  readonly provider?: EncryptionProvider;
  /**
   * What is encrypted: `secrets`, `deployments.apps`, `widgets.example.com`; or `*.*` alone, for everything. Groups as a whole
   * are not possible: nobody could tell from etcd whether all of one is encrypted.
   *
   * @default - everything but events and leases
   */
  readonly resources?: readonly string[];
  /** Needed by the provider `kms`. @default - none */
  readonly kms?: KmsProps;
  /** Why `aescbc`, the weak one: FIPS, or a distribution that has no other. Needed by it. @default - none */
  readonly reason?: string;
}

/** Encryption at rest as it was decided. There is no key in it: keys are made on the node. */
export interface EncryptionSection {
  readonly provider: EncryptionProvider;
  /** What is encrypted, in the words of an EncryptionConfiguration. */
  readonly resources: readonly string[];
  /** What stays in the clear although `resources` has it. */
  readonly inTheClear: readonly string[];
  /** The key service of the provider `kms`. */
  readonly kms?: Required<KmsProps>;
}

/**
 * Encryption at rest from props, with the defaults.
 *
 * @throws if the provider, a resource or the key service cannot be written down, or if `aescbc` has no reason
 */
export function encryptionSection(props: EncryptionProps = {}): EncryptionSection {
  const { provider = 'secretbox', kms, reason = '' } = props;
  const resources = props.resources ?? [EVERYTHING];
  if (!ENCRYPTION_PROVIDERS.includes(provider)) {
    const why = String(provider) === 'aesgcm' ? 'is unsafe after some 200,000 writes with one key' : 'is no provider';
    refuse('provider', `'${String(provider)}' ${why}`, `Use one of ${ENCRYPTION_PROVIDERS.join(', ')}.`);
  }
  if ((provider === 'kms') !== (kms !== undefined)) {
    refuse(
      'kms',
      kms ? `it is given, and the provider is ${provider}: one of them writes` : 'it is missing, and the provider kms needs it',
      kms ? "Remove it, or set `provider: 'kms'`." : 'Give its name and socket.',
      'NET-23',
    );
  }
  if (provider === 'aescbc' && reason.trim() === '') {
    refuse('reason', 'aescbc is weak (padding oracle), so that it needs one', "Use secretbox, or say why not: reason: 'FIPS'.");
  }
  refuseBadResources(resources);
  return {
    provider,
    resources,
    inTheClear: props.resources === undefined ? HARMLESS_RESOURCES : [],
    ...(kms ? { kms: kmsSection(kms) } : {}),
  };
}

function refuseBadResources(resources: readonly string[]): void {
  const bad = (what: string, remedy: string): never => refuse('resources', what, remedy);
  if (resources.length === 0) {
    bad('it is empty', "Leave it out for everything but events and leases, or name at least 'secrets'.");
  }
  resources.forEach((resource, index) => {
    const problem = encryptedResourceProblem(resource);
    if (problem) {
      bad(problem.message, `${problem.remedy.charAt(0).toUpperCase()}${problem.remedy.slice(1)}.`);
    }
    if (resource === EVERYTHING && resources.length > 1) {
      bad(`"${EVERYTHING}" is everything`, 'Remove the others, or it.');
    }
    if (resource !== EVERYTHING && resource.includes('*')) {
      bad(`'${resource}' is a group as a whole`, `Name its resources, or use "${EVERYTHING}".`);
    }
    if (resources.indexOf(resource) < index) {
      bad(`'${resource}' is there twice`, 'Remove one.');
    }
  });
  if (!resources.some((resource) => coversResource(resource, 'secrets'))) {
    bad('Secrets are not among them', "Add 'secrets'.");
  }
}

function kmsSection({ name, socket, timeoutSeconds = DEFAULT_KMS_TIMEOUT_SECONDS }: KmsProps): Required<KmsProps> {
  if (!/^[A-Za-z0-9]([-.\w]*[A-Za-z0-9])?$/.test(name)) {
    refuse('kms.name', `'${name}' is no name for a provider`, "Use letters, digits and '-', such as 'kms-2026-11'.", 'NET-23');
  }
  if (!path.posix.isAbsolute(socket) || path.posix.normalize(socket) !== socket || path.posix.dirname(socket) === '/') {
    refuse('kms.socket', `'${socket}' is not the path of a socket in a folder`, 'Give one like /run/kms/kms.sock.', 'NET-23');
  }
  if (!(timeoutSeconds > 0)) {
    refuse('kms.timeoutSeconds', `${timeoutSeconds} is not a time`, 'Give seconds above 0.', 'NET-23');
  }
  return { name, socket, timeoutSeconds };
}

function refuse(field: string, what: string, remedy: string, control: ControlId = 'NET-22'): never {
  throw new Error(`encryption.${field}: ${what} (control ${control}). ${remedy}`);
}
