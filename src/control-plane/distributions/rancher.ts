import type { NodeFile } from '../../manifest';
import { apiServerNames } from '../api-server-endpoint';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import { snapshotSchedule } from '../etcd';
import type { FlaggedProgram, HostParts } from '../host-parts';
import { hostSetupFiles } from '../host-setup';
import { kubeProxyFlags } from '../kube-proxy';
import type { AgentConfig, ServerConfig } from './rancher-config';
import { writtenFlags } from './written-flags';

/** Name of our drop-in file: what `config.yaml` says is kept where it is not said here. */
export const RANCHER_DROP_IN = 'config.yaml.d/50-hardening.yaml';

/**
 * etcd's flags that are not given to k3s and RKE2: these write a file for etcd, set clients and peers to certificates by
 * themselves, and put what they are given at the top of that file, where etcd does not know these names (k3s pkg/daemons/executor).
 */
const ETCD_FLAGS_OF_RANCHER = ['auto-tls', 'client-cert-auth', 'peer-auto-tls', 'peer-client-cert-auth'];

/** The files of servers and agents, and how a host is set up with them. */
export function rancherFiles(folder: string, parts: Required<HostParts>, server: ServerConfig, agent: AgentConfig): NodeFile[] {
  const config = (role: string, content: object): NodeFile => ({
    role,
    path: `${folder}/${RANCHER_DROP_IN}`,
    mode: '0600',
    owner: 'root:root',
    content: configYaml(content),
  });
  const files = [...parts.files, config('control-plane', server), config('worker', agent)];
  return [...files, ...hostSetupFiles(files)];
}

/** Keys that agents of both have. */
export function agentConfig(spec: ControlPlaneSpec): AgentConfig {
  const { kernel, kubelet, cluster } = spec;
  return {
    ...(kernel && kubelet ? { 'protect-kernel-defaults': true } : {}),
    ...(cluster.nodes?.lsm === 'selinux' ? { selinux: true } : {}),
    ...argumentList('kube-proxy-arg', kubeProxyFlags(spec)),
  };
}

/**
 * Keys that servers of both have.
 *
 * @param without flags of the API server that the distribution takes by a key of its own
 * @throws if encryption asks for a key service, which neither can use
 */
export function serverConfig(spec: ControlPlaneSpec, parts: Required<HostParts>, without: readonly string[] = []): ServerConfig {
  const { cluster, encryption, etcd } = spec;
  if (encryption?.provider === 'kms') {
    throw new Error(
      `Encryption: ${cluster.distribution} makes its own key and asks no key service (control NET-23). Use secretbox, which it rotates with \`secrets-encrypt\`.`,
    );
  }
  const flags = (program: FlaggedProgram) => writtenFlags(parts, program, program === 'etcd' ? ETCD_FLAGS_OF_RANCHER : without);
  return {
    'write-kubeconfig-mode': '0600',
    'tls-san': apiServerNames(cluster),
    'tls-san-security': true,
    'cluster-cidr': cluster.network.pods.join(','),
    'service-cidr': cluster.network.services.join(','),
    ...agentConfig(spec),
    ...(encryption && { 'secrets-encryption-provider': encryption.provider }),
    ...(etcd?.backup && {
      'etcd-snapshot-schedule-cron': snapshotSchedule(etcd.backup).cron,
      'etcd-snapshot-retention': snapshotSchedule(etcd.backup).retention,
      'etcd-snapshot-dir': etcd.backup.folder,
      'etcd-snapshot-compress': true,
    }),
    ...argumentList('kube-apiserver-arg', flags('kube-apiserver')),
    ...argumentList('kube-controller-manager-arg', flags('kube-controller-manager')),
    ...argumentList('kube-scheduler-arg', flags('kube-scheduler')),
    ...argumentList('etcd-arg', flags('etcd').map(asListOfEtcd)),
  };
}

type ArgumentKey = Extract<keyof ServerConfig, `${string}-arg`>;

function argumentList(key: ArgumentKey, flags: readonly { readonly name: string; readonly value: string }[]): Partial<ServerConfig> {
  return flags.length === 0 ? {} : { [key]: flags.map(({ name, value }) => `${name}=${value}`) };
}

/** In etcd's file a list is a list: k3s and RKE2 read `[a,b]` as one. */
function asListOfEtcd({ name, value }: { readonly name: string; readonly value: string }): { name: string; value: string } {
  return { name, value: name === 'cipher-suites' ? `[${value}]` : value };
}
