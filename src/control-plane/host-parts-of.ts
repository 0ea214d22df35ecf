import { admissionHostParts } from './admission';
import { auditHostParts } from './audit';
import { authenticationHostParts } from './authentication';
import { authorizationHostParts } from './authorization';
import { certificatesHostParts } from './certificates';
import { componentHostParts } from './components';
import type { ControlPlaneSpec } from './control-plane-spec';
import { encryptionHostParts } from './encryption';
import { etcdHostParts } from './etcd';
import { fileModesHostParts } from './file-modes';
import { firewallHostParts } from './firewall';
import type { HostLayout } from './host-layout';
import { FLAGGED_PROGRAMS } from './host-parts';
import type { HostParts } from './host-parts';
import { kernelHostParts } from './kernel';
import { kubeletHostParts } from './kubelet';
import { confinementHostParts } from './profiles';
import { tlsHostParts } from './tls';

/** What one concern asks of hosts, from what the whole spec says. Pure. */
export type HostPartsSource = (spec: ControlPlaneSpec, layout: HostLayout) => HostParts;

/** Every concern that asks something of hosts set up with files and flags. */
export const HOST_PARTS_SOURCES: readonly HostPartsSource[] = [
  admissionHostParts,
  auditHostParts,
  authenticationHostParts,
  authorizationHostParts,
  certificatesHostParts,
  componentHostParts,
  confinementHostParts,
  encryptionHostParts,
  etcdHostParts,
  fileModesHostParts,
  firewallHostParts,
  kernelHostParts,
  kubeletHostParts,
  tlsHostParts,
];

/** What all concerns ask of hosts, together. */
export function hostPartsOf(spec: ControlPlaneSpec, layout: HostLayout): Required<HostParts> {
  const parts = HOST_PARTS_SOURCES.map((source) => source(spec, layout));
  return {
    files: parts.flatMap(({ files = [] }) => files),
    flags: Object.fromEntries(FLAGGED_PROGRAMS.map((program) => [program, parts.flatMap(({ flags }) => flags?.[program] ?? [])])),
    mounts: parts.flatMap(({ mounts = [] }) => mounts),
    admissionPlugins: parts.flatMap(({ admissionPlugins = [] }) => admissionPlugins),
  };
}
