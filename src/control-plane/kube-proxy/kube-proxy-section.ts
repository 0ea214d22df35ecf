import type { Distribution, KubernetesMinor, PlatformSettings } from '../../settings';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { Flag } from '../host-parts';
import type { KubeProxyConfiguration, KubeProxyMode } from './kube-proxy-configuration';

/** kube-proxy on all nodes. */
export interface KubeProxySection {
  readonly mode: KubeProxyMode;
  /** Ranges on which node ports answer; `primary` for the node's own address. */
  readonly nodePortAddresses: readonly string[];
}

/** iptables runs on every kernel; a mode that the kernel does not have would cut every Service. */
export const DEFAULT_KUBE_PROXY: KubeProxySection = { mode: 'iptables', nodePortAddresses: ['primary'] };

/** What the Talos release for each minor has by default, on the kernel that it brings. */
const TALOS_MODES: Readonly<Record<KubernetesMinor, KubeProxyMode>> = { '1.35': 'iptables', '1.36': 'iptables', '1.37': 'nftables' };

/** The mode where nobody says one. */
export function defaultKubeProxyMode({ distribution, minor }: Pick<PlatformSettings, 'distribution' | 'minor'>): KubeProxyMode {
  return distribution === 'talos' ? TALOS_MODES[minor] : DEFAULT_KUBE_PROXY.mode;
}

/** The KubeProxyConfiguration; undefined when nobody answers for kube-proxy. */
export function kubeProxyDocument({ kubeProxy }: ControlPlaneSpec): KubeProxyConfiguration | undefined {
  return (
    kubeProxy && {
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      bindAddressHardFail: true,
      enableProfiling: false,
      healthzBindAddress: '0.0.0.0:10256', // load balancers ask it; it says healthy or not and nothing else
      ...(kubeProxy.mode === 'iptables' ? { iptables: { localhostNodePorts: false } } : {}), // nftables never opens them there
      metricsBindAddress: '127.0.0.1:10249', // CIS 4.3.1
      mode: kubeProxy.mode,
      nodePortAddresses: [...kubeProxy.nodePortAddresses],
    }
  );
}

/** Distributions whose kube-proxy takes flags and no file. */
export const KUBE_PROXY_BY_FLAGS = ['k3s', 'rke2', 'talos'] as const satisfies readonly Distribution[];

/** The same as flags, for distributions that take no file. Empty when nobody answers for kube-proxy. */
export function kubeProxyFlags(spec: ControlPlaneSpec): Flag[] {
  const document = kubeProxyDocument(spec);
  return document === undefined
    ? []
    : [
        { name: 'bind-address-hard-fail', value: String(document.bindAddressHardFail) },
        ...(document.iptables ? [{ name: 'iptables-localhost-nodeports', value: String(document.iptables.localhostNodePorts) }] : []),
        { name: 'metrics-bind-address', value: String(document.metricsBindAddress) },
        { name: 'nodeport-addresses', value: String(document.nodePortAddresses?.join(',')) },
        { name: 'profiling', value: String(document.enableProfiling) },
        { name: 'proxy-mode', value: String(document.mode) },
      ];
}
