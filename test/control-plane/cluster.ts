import { App } from 'cdk8s';
import { PlatformSettings } from '../../src/settings';
import type { Distribution, KubernetesMinor } from '../../src/settings';
import {
  CertificateRenewal,
  ControlPlaneFlags,
  controlPlaneSpecOf,
  EtcdHardening,
  FileModes,
  KernelSettings,
  KubeletHardening,
  KubeProxyHardening,
  TlsFloor,
} from '../../src/control-plane';
import type { ClusterSpec, ControlPlaneSpec, EtcdHardeningProps, KubeletHardeningProps, TlsFloorProps } from '../../src/control-plane';

/** A public key of age whose secret key nobody kept. */
export const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

export function cluster(distribution: Distribution = 'kubeadm', minor: KubernetesMinor = '1.36'): ClusterSpec {
  return {
    name: 'shop-prod',
    minor,
    distribution,
    endpoint: 'api.example.com:6443',
    hosts: { controlPlane: ['192.0.2.10', '192.0.2.11'], nodes: ['192.0.2.0/24', '2001:db8::/64'] },
    network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: 'calico' },
  };
}

/** What can be varied of the parts that make up the nodes. */
export interface Parts {
  readonly tls?: TlsFloorProps;
  readonly kubelet?: KubeletHardeningProps;
  readonly etcd?: EtcdHardeningProps;
}

/** The spec that all parts of this folder's concerns come to. */
export function spec(distribution: Distribution = 'kubeadm', parts: Parts = {}, minor: KubernetesMinor = '1.36'): ControlPlaneSpec {
  const app = new App();
  PlatformSettings.provide(app, { minor, distribution });
  new CertificateRenewal(app, 'certificates');
  new ControlPlaneFlags(app, 'flags');
  new EtcdHardening(app, 'etcd', parts.etcd ?? { backup: { recipients: [RECIPIENT] } });
  new FileModes(app, 'file-modes');
  new KernelSettings(app, 'kernel');
  new KubeProxyHardening(app, 'kube-proxy');
  new KubeletHardening(app, 'kubelet', parts.kubelet);
  new TlsFloor(app, 'tls', parts.tls);
  return controlPlaneSpecOf(app, cluster(distribution, minor));
}
