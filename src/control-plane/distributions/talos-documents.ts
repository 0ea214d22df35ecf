import { DEFAULT_API_SERVER_PORT } from '../cluster-spec';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { NodeRole } from '../firewall';
import type { FlaggedProgram, HostParts } from '../host-parts';
import { kubeProxyDocument } from '../kube-proxy';
import { admissionPlugins, extraArgs, ifAny, kubeletConfig, seccompProfiles, talosSysctls } from './talos-parts';

/**
 * Talos 1.14: a document for each setting. They are patches: what `talosctl gen config` has and is not here stays, images for one.
 */
export function talosDocuments(spec: ControlPlaneSpec, parts: Required<HostParts>, role: NodeRole): object[] {
  const { network } = spec.cluster;
  const controlPlane = role === 'control-plane';
  const args = (program: FlaggedProgram): object => ifAny('extraArgs', extraArgs(parts, program, '1.14'));
  const config = kubeletConfig(spec);
  const machine = ifAny('machine', ifAny('seccompProfiles', seccompProfiles(spec)));
  const cluster = controlPlane ? ifAny('cluster', ifAny('etcd', args('etcd'))) : {};
  return [
    ...(Object.keys({ ...machine, ...cluster }).length > 0 ? [{ version: 'v1alpha1', ...machine, ...cluster }] : []),
    ...document('KubeletConfig', config && { defaultRuntimeSeccompProfileEnabled: true, config }),
    ...document('KubeNetworkConfig', { podSubnets: network.pods, serviceSubnets: network.services }),
    ...document('SysctlConfig', ifAny('params', talosSysctls(spec))),
    ...(controlPlane ? controlPlaneDocuments(spec, args) : []),
  ];
}

function controlPlaneDocuments(spec: ControlPlaneSpec, args: (program: FlaggedProgram) => object): object[] {
  const { audit, authentication, cluster } = spec;
  const { apiServerPort = DEFAULT_API_SERVER_PORT } = cluster;
  return [
    ...document('KubeAPIServerConfig', {
      ...args('kube-apiserver'),
      ...(apiServerPort === DEFAULT_API_SERVER_PORT ? {} : { apiPort: apiServerPort }),
    }),
    ...document('KubeControllerManagerConfig', args('kube-controller-manager')),
    ...document('KubeSchedulerConfig', args('kube-scheduler')),
    ...document('KubeProxyConfig', kubeProxy(spec)),
    ...admissionPlugins(spec).flatMap(({ name, configuration }) => document('KubeAdmissionControlConfig', { name, configuration })),
    ...document('KubeAuditPolicyConfig', audit && { configuration: audit.policy }),
    ...document('KubeAuthenticationConfig', authentication && { configuration: authentication }),
    // Its own flannel makes way for the plugin that the operator installs.
    ...document('KubeFlannelCNIConfig', cluster.network.plugin === 'flannel' ? undefined : { $patch: 'delete' }),
  ];
}

function kubeProxy(spec: ControlPlaneSpec): object | undefined {
  const whole = kubeProxyDocument(spec);
  if (whole === undefined) {
    return undefined;
  }
  const { apiVersion: _apiVersion, kind: _kind, mode, ...config } = whole;
  return { mode, config };
}

/** The document, or none where nothing is said. */
function document(kind: string, fields: object | undefined): object[] {
  return fields === undefined || Object.keys(fields).length === 0 ? [] : [{ apiVersion: 'v1alpha1', kind, ...fields }];
}
