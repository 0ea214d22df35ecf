import { z } from 'zod';
import { duration } from './document-problems';
import type { DocumentKind } from './document-problems';

const boolean = z.boolean().optional();
const integer = z.int().optional();
const string = z.string().optional();
const strings = z.array(z.string()).optional();
const texts = z.record(z.string(), z.string()).optional();

/** `logging`, as component-base gives it to every component. */
export const LOGGING_SCHEMA = z
  .strictObject({
    format: string,
    flushFrequency: z.union([z.int(), z.string()]).optional(),
    verbosity: integer,
    vmodule: z.array(z.strictObject({ filePattern: z.string(), verbosity: z.int() })).optional(),
    options: z.record(z.string(), z.unknown()).optional(),
  })
  .optional();

/** KubeletConfiguration: names and types of k8s.io/kubelet config/v1beta1/types.go of 0.35.4, 0.36.3 and 0.37.2. */
export const KUBELET_SCHEMA = z.strictObject({
  apiVersion: z.literal('kubelet.config.k8s.io/v1beta1'),
  kind: z.literal('KubeletConfiguration'),
  address: string,
  allowedUnsafeSysctls: strings,
  authentication: z
    .strictObject({
      anonymous: z.strictObject({ enabled: boolean }).optional(),
      webhook: z.strictObject({ enabled: boolean, cacheTTL: duration }).optional(),
      x509: z.strictObject({ clientCAFile: string }).optional(),
    })
    .optional(),
  authorization: z
    .strictObject({
      mode: z.enum(['AlwaysAllow', 'Webhook']).optional(),
      webhook: z.strictObject({ cacheAuthorizedTTL: duration, cacheUnauthorizedTTL: duration }).optional(),
    })
    .optional(),
  cgroupDriver: z.enum(['cgroupfs', 'systemd']).optional(),
  cgroupRoot: string,
  cgroupsPerQOS: boolean,
  clusterDNS: strings,
  clusterDomain: string,
  configMapAndSecretChangeDetectionStrategy: z.enum(['Get', 'Cache', 'Watch']).optional(),
  containerLogMaxFiles: integer,
  containerLogMaxSize: string,
  containerLogMaxWorkers: integer,
  containerLogMonitorInterval: duration,
  containerRuntimeEndpoint: string,
  contentType: string,
  cpuCFSQuota: boolean,
  cpuCFSQuotaPeriod: duration,
  cpuManagerPolicy: z.enum(['none', 'static']).optional(),
  cpuManagerPolicyOptions: texts,
  cpuManagerReconcilePeriod: duration,
  crashLoopBackOff: z.strictObject({ maxContainerRestartPeriod: duration }).optional(),
  defaultPodSysctls: texts,
  enableContentionProfiling: boolean,
  enableControllerAttachDetach: boolean,
  enableDebugFlagsHandler: boolean,
  enableDebuggingHandlers: boolean,
  enableProfilingHandler: boolean,
  enableServer: boolean,
  enableSystemLogHandler: boolean,
  enableSystemLogQuery: boolean,
  enforceNodeAllocatable: strings,
  eventBurst: integer,
  eventRecordQPS: integer,
  evictionHard: texts,
  evictionMaxPodGracePeriod: integer,
  evictionMinimumReclaim: texts,
  evictionPressureTransitionPeriod: duration,
  evictionSoft: texts,
  evictionSoftGracePeriod: texts,
  failCgroupV1: boolean,
  failSwapOn: boolean,
  featureGates: z.record(z.string(), z.boolean()).optional(),
  fileCheckFrequency: duration,
  hairpinMode: z.enum(['promiscuous-bridge', 'hairpin-veth', 'none']).optional(),
  healthzBindAddress: string,
  healthzPort: integer,
  httpCheckFrequency: duration,
  imageGCHighThresholdPercent: integer,
  imageGCLowThresholdPercent: integer,
  imageMaximumGCAge: duration,
  imageMinimumGCAge: duration,
  imagePullCredentialsVerificationPolicy: z
    .enum(['NeverVerify', 'NeverVerifyPreloadedImages', 'NeverVerifyAllowlistedImages', 'AlwaysVerify'])
    .optional(),
  imageServiceEndpoint: string,
  iptablesDropBit: integer,
  iptablesMasqueradeBit: integer,
  kernelMemcgNotification: boolean,
  kubeAPIBurst: integer,
  kubeAPIQPS: integer,
  kubeReserved: texts,
  kubeReservedCgroup: string,
  kubeletCgroups: string,
  localStorageCapacityIsolation: boolean,
  logging: LOGGING_SCHEMA,
  makeIPTablesUtilChains: boolean,
  maxOpenFiles: integer,
  maxParallelImagePulls: integer,
  maxPods: integer,
  memoryManagerPolicy: z.enum(['None', 'Static']).optional(),
  memoryReservationPolicy: z.enum(['None', 'TieredReservation']).optional(),
  memorySwap: z.strictObject({ swapBehavior: z.enum(['', 'NoSwap', 'LimitedSwap']).optional() }).optional(),
  memoryThrottlingFactor: z.number().optional(),
  mergeDefaultEvictionSettings: boolean,
  nodeLeaseDurationSeconds: integer,
  nodeStatusMaxImages: integer,
  nodeStatusReportFrequency: duration,
  nodeStatusUpdateFrequency: duration,
  oomScoreAdj: integer,
  podCIDR: string,
  podLogsDir: string,
  podPidsLimit: integer,
  podsPerCore: integer,
  port: integer,
  preloadedImagesVerificationAllowlist: strings,
  protectKernelDefaults: boolean,
  providerID: string,
  qosReserved: texts,
  readOnlyPort: integer,
  registerNode: boolean,
  registerWithTaints: z
    .array(
      z.strictObject({
        key: z.string(),
        value: string,
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
        timeAdded: string,
      }),
    )
    .optional(),
  registryBurst: integer,
  registryPullQPS: integer,
  reservedMemory: z
    .array(z.strictObject({ numaNode: z.int(), limits: z.record(z.string(), z.union([z.string(), z.number()])) }))
    .optional(),
  reservedSystemCPUs: string,
  resolvConf: string,
  rotateCertificates: boolean,
  runOnce: boolean,
  runtimeRequestTimeout: duration,
  seccompDefault: boolean,
  serializeImagePulls: boolean,
  serverTLSBootstrap: boolean,
  showHiddenMetricsForVersion: string,
  shutdownGracePeriod: duration,
  shutdownGracePeriodByPodPriority: z.array(z.strictObject({ priority: z.int(), shutdownGracePeriodSeconds: z.int() })).optional(),
  shutdownGracePeriodCriticalPods: duration,
  singleProcessOOMKill: boolean,
  staticPodPath: string,
  staticPodURL: string,
  staticPodURLHeader: z.record(z.string(), z.array(z.string())).optional(),
  streamingConnectionIdleTimeout: duration,
  syncFrequency: duration,
  systemCgroups: string,
  systemReserved: texts,
  systemReservedCgroup: string,
  tlsCertFile: string,
  tlsCipherSuites: strings,
  tlsCurvePreferences: z.array(z.int()).optional(),
  tlsMinVersion: string,
  tlsPrivateKeyFile: string,
  topologyManagerPolicy: z.enum(['none', 'best-effort', 'restricted', 'single-numa-node']).optional(),
  topologyManagerPolicyOptions: texts,
  topologyManagerScope: z.enum(['container', 'pod']).optional(),
  tracing: z.strictObject({ endpoint: string, samplingRatePerMillion: integer }).optional(),
  userNamespaces: z.strictObject({ idsPerPod: integer }).optional(),
  volumePluginDir: string,
  volumeStatsAggPeriod: duration,
});

export const KUBELET_DOCUMENT: DocumentKind = {
  kind: 'KubeletConfiguration',
  program: 'the kubelet',
  schema: KUBELET_SCHEMA,
  since: { tlsCurvePreferences: '1.36', memoryReservationPolicy: '1.36', defaultPodSysctls: '1.37' },
  control: 'AUTH-03',
};
