import { z } from 'zod';
import { duration } from './document-problems';
import type { DocumentKind } from './document-problems';
import { LOGGING_SCHEMA } from './kubelet-document';

const boolean = z.boolean().optional();
const integer = z.int().optional();
const string = z.string().optional();
const sync = { syncPeriod: duration, minSyncPeriod: duration };
const masquerade = { masqueradeBit: integer, masqueradeAll: boolean };

/** KubeProxyConfiguration: names and types of k8s.io/kube-proxy config/v1alpha1/types.go, the same in 0.35.4, 0.36.3 and 0.37.2. */
export const KUBE_PROXY_SCHEMA = z.strictObject({
  apiVersion: z.literal('kubeproxy.config.k8s.io/v1alpha1'),
  kind: z.literal('KubeProxyConfiguration'),
  bindAddress: string,
  bindAddressHardFail: boolean,
  clientConnection: z
    .strictObject({ kubeconfig: string, acceptContentTypes: string, contentType: string, qps: z.number().optional(), burst: integer })
    .optional(),
  clusterCIDR: string,
  configSyncPeriod: duration,
  conntrack: z
    .strictObject({
      maxPerCore: integer,
      min: integer,
      tcpBeLiberal: boolean,
      tcpCloseWaitTimeout: duration,
      tcpEstablishedTimeout: duration,
      udpStreamTimeout: duration,
      udpTimeout: duration,
    })
    .optional(),
  detectLocal: z.strictObject({ bridgeInterface: string, interfaceNamePrefix: string }).optional(),
  detectLocalMode: z.enum(['', 'ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix']).optional(),
  enableProfiling: boolean,
  featureGates: z.record(z.string(), z.boolean()).optional(),
  healthzBindAddress: string,
  hostnameOverride: string,
  iptables: z.strictObject({ ...masquerade, ...sync, localhostNodePorts: boolean }).optional(),
  ipvs: z
    .strictObject({
      ...sync,
      excludeCIDRs: z.array(z.string()).optional(),
      scheduler: string,
      strictARP: boolean,
      tcpFinTimeout: duration,
      tcpTimeout: duration,
      udpTimeout: duration,
    })
    .optional(),
  logging: LOGGING_SCHEMA,
  metricsBindAddress: string,
  mode: z.enum(['', 'iptables', 'nftables', 'ipvs', 'kernelspace']).optional(),
  nftables: z.strictObject({ ...masquerade, ...sync }).optional(),
  nodePortAddresses: z.array(z.string()).optional(),
  oomScoreAdj: integer,
  portRange: string,
  showHiddenMetricsForVersion: string,
  windowsRunAsService: boolean,
  winkernel: z
    .strictObject({
      enableDSR: boolean,
      forwardHealthCheckVip: boolean,
      networkName: string,
      rootHnsEndpointName: string,
      sourceVip: string,
    })
    .optional(),
});

export const KUBE_PROXY_DOCUMENT: DocumentKind = {
  kind: 'KubeProxyConfiguration',
  program: 'kube-proxy',
  schema: KUBE_PROXY_SCHEMA,
  since: {},
  control: 'NET-13',
};
