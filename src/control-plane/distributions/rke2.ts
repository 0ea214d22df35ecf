import * as path from 'node:path';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { DistributionRenderer } from '../distribution-renderer';
import { RKE2_LAYOUT } from '../host-layout';
import type { HostParts } from '../host-parts';
import { hostPartsOf } from '../host-parts-of';
import { agentConfig, rancherFiles, serverConfig } from './rancher';
import type { AgentConfig, ServerConfig } from './rancher-config';
import { apiServerMounts } from './written-flags';

/** Folder of RKE2's configuration. */
export const RKE2_FOLDER = '/etc/rancher/rke2';

/** Flags that RKE2 has a key for; given as flags, they would stand beside its own. */
const KEYS = {
  'audit-policy-file': 'audit-policy-file',
  'admission-control-config-file': 'pod-security-admission-config-file',
} as const satisfies Readonly<Record<string, keyof ServerConfig>>;

/** RKE2: a drop-in for servers and one for agents, beside the files of the parts. Its API server runs in a pod. */
export const rke2Files: DistributionRenderer = (spec) => {
  const parts = hostPartsOf(spec, RKE2_LAYOUT);
  const { plugin } = spec.cluster.network;
  const server: ServerConfig = {
    ...serverConfig(spec, parts, Object.keys(KEYS)),
    ...profile(spec),
    ...ownKeys(parts),
    ...(extraMounts(parts).length > 0 && { 'kube-apiserver-extra-mount': extraMounts(parts) }),
    cni: plugin === 'other' ? 'none' : plugin,
  };
  return rancherFiles(RKE2_FOLDER, parts, server, { ...agentConfig(spec), ...profile(spec) });
};

/** With it RKE2 does not start before kernel settings and the user etcd are there: it needs the parts that make them. */
function profile({ kernel, fileModes }: ControlPlaneSpec): AgentConfig {
  return kernel && fileModes ? { profile: 'cis' } : {};
}

function ownKeys({ flags }: Required<HostParts>): Partial<ServerConfig> {
  return Object.fromEntries(
    (flags['kube-apiserver'] ?? []).flatMap(({ name, value }) =>
      Object.hasOwn(KEYS, name) ? [[KEYS[name as keyof typeof KEYS], value]] : [],
    ),
  );
}

/** RKE2 mounts the folder of the audit log by itself; a second mount of it would be no valid pod. */
function extraMounts(parts: Required<HostParts>): string[] {
  const own = path.posix.dirname(RKE2_LAYOUT.auditLog);
  return apiServerMounts(parts, RKE2_LAYOUT)
    .filter((mount) => mount.path !== own)
    .map((mount) => `${mount.path}:${mount.path}${mount.readOnly ? ':ro' : ''}`);
}
