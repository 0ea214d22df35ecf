import type { HostDocument, HostFacts } from './host-document';
import { KUBEADM_FACTS } from './kubeadm-facts';
import { RANCHER_FACTS } from './rancher-facts';
import { TALOS_FACTS } from './talos-facts';
import type { FactReader } from './fact-parts';

/** How each kind of document that sets up hosts says what their programs run with, by API group and kind. */
const READERS: Readonly<Record<string, FactReader>> = { ...KUBEADM_FACTS, ...RANCHER_FACTS, ...TALOS_FACTS };

/** What a document says of the hosts; nothing, if it is of another kind. Never throws. */
export function hostFacts(document: HostDocument): HostFacts {
  const [group = ''] = document.apiVersion.includes('/') ? document.apiVersion.split('/') : [''];
  const key = `${group}/${document.kind}`;
  return Object.hasOwn(READERS, key) ? (READERS[key]?.(document) ?? {}) : {};
}
