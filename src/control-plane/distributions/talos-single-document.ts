import { authenticationConfiguration } from '../authentication';
import type { AuthenticationSection } from '../authentication';
import { DEFAULT_API_SERVER_PORT } from '../cluster-spec';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { NodeRole } from '../firewall';
import type { FlaggedProgram, HostParts } from '../host-parts';
import { kubeProxyDocument, kubeProxyFlags } from '../kube-proxy';
import { admissionPlugins, extraArgs, ifAny, kubeletConfig, seccompProfiles, TALOS_PLACES, talosSysctls } from './talos-parts';

/** Talos 1.13: all Kubernetes settings in one document without a kind. */
export function talosSingleDocument(spec: ControlPlaneSpec, parts: Required<HostParts>, role: NodeRole): object[] {
  const controlPlane = role === 'control-plane';
  const issuers = controlPlane ? authenticationFile(spec.authentication) : undefined;
  return [
    {
      version: 'v1alpha1',
      ...ifAny('machine', {
        ...(issuers && { files: [issuers] }),
        ...kubelet(spec),
        ...ifAny('seccompProfiles', seccompProfiles(spec)),
        ...ifAny('sysctls', talosSysctls(spec)),
      }),
      cluster: { ...network(spec), ...(controlPlane ? components(spec, parts, issuers) : {}) },
    },
  ];
}

function kubelet(spec: ControlPlaneSpec): object {
  const extraConfig = kubeletConfig(spec);
  return extraConfig === undefined
    ? {}
    : { kubelet: { defaultRuntimeSeccompProfileEnabled: true, disableManifestsDirectory: true, extraConfig } };
}

/** Its own flannel makes way for the plugin that the operator installs. */
function network({ cluster }: ControlPlaneSpec): object {
  const { pods, services, plugin } = cluster.network;
  return { network: { cni: { name: plugin === 'flannel' ? 'flannel' : 'none' }, podSubnets: pods, serviceSubnets: services } };
}

function components(spec: ControlPlaneSpec, parts: Required<HostParts>, issuers: MachineFile | undefined): object {
  const { audit, cluster } = spec;
  const { apiServerPort = DEFAULT_API_SERVER_PORT } = cluster;
  const args = (program: FlaggedProgram): object => ifAny('extraArgs', extraArgs(parts, program, '1.13'));
  return {
    ...(apiServerPort === DEFAULT_API_SERVER_PORT ? {} : { controlPlane: { localAPIServerPort: apiServerPort } }),
    ...ifAny('apiServer', {
      ...ifAny('extraArgs', {
        ...extraArgs(parts, 'kube-apiserver', '1.13'),
        ...(issuers && { 'authentication-config': issuers.path }),
      }),
      ...(issuers && { extraVolumes: [{ hostPath: TALOS_PLACES.hardening, mountPath: TALOS_PLACES.hardening, readonly: true }] }),
      ...ifAny('admissionControl', admissionPlugins(spec)),
      ...(audit && { auditPolicy: audit.policy }),
    }),
    ...ifAny('controllerManager', args('kube-controller-manager')),
    ...ifAny('scheduler', args('kube-scheduler')),
    ...ifAny('etcd', args('etcd')),
    ...kubeProxy(spec),
  };
}

function kubeProxy(spec: ControlPlaneSpec): object {
  const document = kubeProxyDocument(spec);
  const flags = kubeProxyFlags(spec).filter(({ name }) => name !== 'proxy-mode');
  return document === undefined
    ? {}
    : { proxy: { mode: document.mode, extraArgs: Object.fromEntries(flags.map(({ name, value }) => [name, value])) } };
}

/** A file of the host. */
interface MachineFile {
  readonly path: string;
  /** The mode as a number, decimal in YAML. */
  readonly permissions: number;
  readonly op: 'create';
  readonly content: string;
}

/**
 * Identity providers as a file: 1.13 has no document for them. Without `anonymous`, which 1.13 turns off by a flag that must not
 * stand beside it. The API server, which is not root there, must read it; there is no secret in it.
 */
function authenticationFile(authentication: AuthenticationSection | undefined): MachineFile | undefined {
  if (authentication === undefined || authentication.jwt.length === 0) {
    return undefined;
  }
  const { anonymous: _anonymous, ...document } = authenticationConfiguration(authentication);
  return { path: `${TALOS_PLACES.hardening}/authentication.yaml`, permissions: 0o444, op: 'create', content: configYaml(document) };
}
