/** Go duration, such as `5m0s`. */
type Duration = string;
type Texts = Readonly<Record<string, string>>;

/** `authentication` of the kubelet. */
export interface KubeletAuthentication {
  readonly anonymous?: { readonly enabled?: boolean };
  readonly webhook?: { readonly enabled?: boolean; readonly cacheTTL?: Duration };
  readonly x509?: { readonly clientCAFile?: string };
}

/** `authorization` of the kubelet. */
export interface KubeletAuthorization {
  readonly mode?: 'AlwaysAllow' | 'Webhook';
  readonly webhook?: { readonly cacheAuthorizedTTL?: Duration; readonly cacheUnauthorizedTTL?: Duration };
}

/** `logging` of a component. */
export interface ComponentLogging {
  readonly format?: string;
  readonly flushFrequency?: Duration | number;
  readonly verbosity?: number;
  readonly vmodule?: readonly { readonly filePattern: string; readonly verbosity: number }[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * `kubelet.config.k8s.io/v1beta1`, with the names of upstream (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/)
 * and closed unions where Go leaves a text open. `tlsCurvePreferences` and `memoryReservationPolicy` came with 1.36,
 * `defaultPodSysctls` with 1.37. Held by a test to the schema that foreign documents are checked with.
 */
export interface KubeletConfiguration {
  readonly apiVersion: 'kubelet.config.k8s.io/v1beta1';
  readonly kind: 'KubeletConfiguration';
  readonly address?: string;
  readonly allowedUnsafeSysctls?: readonly string[];
  readonly authentication?: KubeletAuthentication;
  readonly authorization?: KubeletAuthorization;
  readonly cgroupDriver?: 'cgroupfs' | 'systemd';
  readonly cgroupRoot?: string;
  readonly cgroupsPerQOS?: boolean;
  readonly clusterDNS?: readonly string[];
  readonly clusterDomain?: string;
  readonly configMapAndSecretChangeDetectionStrategy?: 'Get' | 'Cache' | 'Watch';
  readonly containerLogMaxFiles?: number;
  readonly containerLogMaxSize?: string;
  readonly containerLogMaxWorkers?: number;
  readonly containerLogMonitorInterval?: Duration;
  readonly containerRuntimeEndpoint?: string;
  readonly contentType?: string;
  readonly cpuCFSQuota?: boolean;
  readonly cpuCFSQuotaPeriod?: Duration;
  readonly cpuManagerPolicy?: 'none' | 'static';
  readonly cpuManagerPolicyOptions?: Texts;
  readonly cpuManagerReconcilePeriod?: Duration;
  readonly crashLoopBackOff?: { readonly maxContainerRestartPeriod?: Duration };
  readonly defaultPodSysctls?: Texts;
  readonly enableContentionProfiling?: boolean;
  readonly enableControllerAttachDetach?: boolean;
  readonly enableDebugFlagsHandler?: boolean;
  readonly enableDebuggingHandlers?: boolean;
  readonly enableProfilingHandler?: boolean;
  readonly enableServer?: boolean;
  readonly enableSystemLogHandler?: boolean;
  readonly enableSystemLogQuery?: boolean;
  readonly enforceNodeAllocatable?: readonly string[];
  readonly eventBurst?: number;
  readonly eventRecordQPS?: number;
  readonly evictionHard?: Texts;
  readonly evictionMaxPodGracePeriod?: number;
  readonly evictionMinimumReclaim?: Texts;
  readonly evictionPressureTransitionPeriod?: Duration;
  readonly evictionSoft?: Texts;
  readonly evictionSoftGracePeriod?: Texts;
  readonly failCgroupV1?: boolean;
  readonly failSwapOn?: boolean;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly fileCheckFrequency?: Duration;
  readonly hairpinMode?: 'promiscuous-bridge' | 'hairpin-veth' | 'none';
  readonly healthzBindAddress?: string;
  readonly healthzPort?: number;
  readonly httpCheckFrequency?: Duration;
  readonly imageGCHighThresholdPercent?: number;
  readonly imageGCLowThresholdPercent?: number;
  readonly imageMaximumGCAge?: Duration;
  readonly imageMinimumGCAge?: Duration;
  readonly imagePullCredentialsVerificationPolicy?:
    'NeverVerify' | 'NeverVerifyPreloadedImages' | 'NeverVerifyAllowlistedImages' | 'AlwaysVerify';
  readonly imageServiceEndpoint?: string;
  readonly iptablesDropBit?: number;
  readonly iptablesMasqueradeBit?: number;
  readonly kernelMemcgNotification?: boolean;
  readonly kubeAPIBurst?: number;
  readonly kubeAPIQPS?: number;
  readonly kubeReserved?: Texts;
  readonly kubeReservedCgroup?: string;
  readonly kubeletCgroups?: string;
  readonly localStorageCapacityIsolation?: boolean;
  readonly logging?: ComponentLogging;
  readonly makeIPTablesUtilChains?: boolean;
  readonly maxOpenFiles?: number;
  readonly maxParallelImagePulls?: number;
  readonly maxPods?: number;
  readonly memoryManagerPolicy?: 'None' | 'Static';
  readonly memoryReservationPolicy?: 'None' | 'TieredReservation';
  readonly memorySwap?: { readonly swapBehavior?: '' | 'NoSwap' | 'LimitedSwap' };
  readonly memoryThrottlingFactor?: number;
  readonly mergeDefaultEvictionSettings?: boolean;
  readonly nodeLeaseDurationSeconds?: number;
  readonly nodeStatusMaxImages?: number;
  readonly nodeStatusReportFrequency?: Duration;
  readonly nodeStatusUpdateFrequency?: Duration;
  readonly oomScoreAdj?: number;
  readonly podCIDR?: string;
  readonly podLogsDir?: string;
  readonly podPidsLimit?: number;
  readonly podsPerCore?: number;
  readonly port?: number;
  readonly preloadedImagesVerificationAllowlist?: readonly string[];
  readonly protectKernelDefaults?: boolean;
  readonly providerID?: string;
  readonly qosReserved?: Texts;
  readonly readOnlyPort?: number;
  readonly registerNode?: boolean;
  readonly registerWithTaints?: readonly {
    readonly key: string;
    readonly value?: string;
    readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
    readonly timeAdded?: string;
  }[];
  readonly registryBurst?: number;
  readonly registryPullQPS?: number;
  readonly reservedMemory?: readonly { readonly numaNode: number; readonly limits: Readonly<Record<string, string | number>> }[];
  readonly reservedSystemCPUs?: string;
  readonly resolvConf?: string;
  readonly rotateCertificates?: boolean;
  readonly runOnce?: boolean;
  readonly runtimeRequestTimeout?: Duration;
  readonly seccompDefault?: boolean;
  readonly serializeImagePulls?: boolean;
  readonly serverTLSBootstrap?: boolean;
  readonly showHiddenMetricsForVersion?: string;
  readonly shutdownGracePeriod?: Duration;
  readonly shutdownGracePeriodByPodPriority?: readonly { readonly priority: number; readonly shutdownGracePeriodSeconds: number }[];
  readonly shutdownGracePeriodCriticalPods?: Duration;
  readonly singleProcessOOMKill?: boolean;
  readonly staticPodPath?: string;
  readonly staticPodURL?: string;
  readonly staticPodURLHeader?: Readonly<Record<string, readonly string[]>>;
  readonly streamingConnectionIdleTimeout?: Duration;
  readonly syncFrequency?: Duration;
  readonly systemCgroups?: string;
  readonly systemReserved?: Texts;
  readonly systemReservedCgroup?: string;
  readonly tlsCertFile?: string;
  readonly tlsCipherSuites?: readonly string[];
  readonly tlsCurvePreferences?: readonly number[];
  readonly tlsMinVersion?: string;
  readonly tlsPrivateKeyFile?: string;
  readonly topologyManagerPolicy?: 'none' | 'best-effort' | 'restricted' | 'single-numa-node';
  readonly topologyManagerPolicyOptions?: Texts;
  readonly topologyManagerScope?: 'container' | 'pod';
  readonly tracing?: { readonly endpoint?: string; readonly samplingRatePerMillion?: number };
  readonly userNamespaces?: { readonly idsPerPod?: number };
  readonly volumePluginDir?: string;
  readonly volumeStatsAggPeriod?: Duration;
}
