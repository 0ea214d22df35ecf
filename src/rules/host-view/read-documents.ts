import { parseAllDocuments } from 'yaml';
import { isRecord, MAX_YAML_BYTES, textOf } from '../../manifest';
import type { NodeFile } from '../../manifest';
import type { HostDocument } from './host-document';

/** Aliases that one file may resolve: hostile YAML grows exponentially through them. */
const MAX_ALIASES = 50;

/** What reads as configuration. Scripts, units, rules of firewalls and the like are not looked into. */
const CONFIGURATION = /\.(ya?ml|json|conf|kubeconfig)$/;

/** Head of user data for cloud-init, which holds the other files whole. */
const CLOUD_INIT = '#cloud-config';

/** Files of this name are configuration or a mistake; a `.conf` may also be of systemd or the kernel, which say no kind. */
const ALWAYS_YAML = /\.(ya?ml|json)$/;
const SAYS_KIND = /\bkind["']?\s*:/;

/** The documents in a file, or why programs cannot read it. */
export interface ReadFile {
  readonly documents: readonly HostDocument[];
  readonly unreadable?: string;
}

/** Reads a node file as programs in Go do (YAML 1.1). Never throws. */
export function readDocuments(file: NodeFile): ReadFile {
  const always = ALWAYS_YAML.test(file.path);
  if (!CONFIGURATION.test(file.path) || file.content.startsWith(CLOUD_INIT) || !(always || SAYS_KIND.test(file.content))) {
    return { documents: [] };
  }
  try {
    const values = file.path.endsWith('.json') ? [JSON.parse(file.content) as unknown] : parsed(file.content);
    return { documents: values.flatMap((value) => documentOf(file, value)) };
  } catch (error) {
    return always ? { documents: [], unreadable: (error as Error).message } : { documents: [] };
  }
}

/** Every document in a text of YAML. @throws if it is none */
export function parsed(text: string): unknown[] {
  if (text.length > MAX_YAML_BYTES) {
    throw new Error(`it has ${text.length} characters, at most ${MAX_YAML_BYTES} are read`);
  }
  return parseAllDocuments(text, { version: '1.1', prettyErrors: false, logLevel: 'silent' }).map((document) => {
    const [error] = document.errors;
    if (error) {
      throw new Error(error.message);
    }
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  });
}

/** The value as a document, if it says what it is. Talos' first document has a version and no kind. */
export function documentOf(file: NodeFile, value: unknown, part = false): HostDocument[] {
  if (!isRecord(value)) {
    return [];
  }
  const apiVersion = textOf(value['apiVersion']) ?? '';
  const kind = textOf(value['kind']) ?? (isRecord(value['machine']) ? TALOS_KIND : distributionKind(file));
  return kind === undefined ? [] : [{ file, apiVersion, kind, value, part: part || isDropIn(file) }];
}

/** Name for the document of Talos that has no kind. */
export const TALOS_KIND = 'TalosConfig';

/** Name for the configuration of k3s and RKE2, which has neither version nor kind. */
export const RANCHER_KIND = 'RancherConfig';

/** @see https://docs.k3s.io/installation/configuration https://docs.rke2.io/install/configuration */
function distributionKind({ path }: NodeFile): string | undefined {
  return /^\/etc\/rancher\/(k3s|rke2)\/config\.yaml(\.d\/[^/]+\.yaml)?$/.test(path) ? RANCHER_KIND : undefined;
}

/** Drop-in files of the kubelet, and patches that kubeadm merges into what it writes. */
function isDropIn({ path }: NodeFile): boolean {
  return /\/kubelet\.conf\.d\/[^/]+\.conf$/.test(path) || /\/kubeletconfiguration[^/]*\.(ya?ml|json)$/.test(path);
}
