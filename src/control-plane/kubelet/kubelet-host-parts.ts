import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { NODE_ROLES } from '../host-role';
import { kubeletDocument } from './kubelet-document';

/** Name of our drop-in file: after those of the distribution (`00-…`), so that it wins. */
export const KUBELET_DROP_IN = '50-hardening.conf';

/** The drop-in file of k3s and RKE2. kubeadm, kind and Talos have the document in a file of theirs, which the distribution writes. */
export function kubeletHostParts(spec: ControlPlaneSpec, { kubeletDropIns }: HostLayout): HostParts {
  const document = kubeletDocument(spec);
  if (document === undefined || kubeletDropIns === undefined) {
    return {};
  }
  const file = { path: `${kubeletDropIns}/${KUBELET_DROP_IN}`, mode: '0600', owner: 'root:root', content: configYaml(document) };
  return { files: NODE_ROLES.map((role) => ({ role, ...file })) };
}
