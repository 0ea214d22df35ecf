import type { KubeletSettings } from './kubelet-section';

/**
 * The hardened fields, the same for 1.35, 1.36 and 1.37. Numbers are those of kube-bench cis-1.12. Fields whose default is right
 * are written where scanners or auditors ask for them.
 */
export const KUBELET_DEFAULTS: KubeletSettings = {
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true, cacheTTL: '2m0s' } }, // 4.2.1; 4.2.3 by the layout
  authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '5m0s', cacheUnauthorizedTTL: '30s' } }, // 4.2.2
  containerLogMaxFiles: 5,
  containerLogMaxSize: '50Mi',
  enableDebugFlagsHandler: false,
  enableDebuggingHandlers: true, // without it there are no logs, no exec and no metrics of pods
  enableProfilingHandler: false,
  enableSystemLogHandler: false, // reads /var/log of the host
  enableSystemLogQuery: false,
  eventBurst: 100,
  eventRecordQPS: 50, // 4.2.8; 0 is no limit at all from 1.37 on
  evictionHard: { 'pid.available': '10%' }, // the other signals keep their defaults, by the next line
  mergeDefaultEvictionSettings: true,
  failCgroupV1: true,
  failSwapOn: true,
  imageMaximumGCAge: '168h0m0s',
  imagePullCredentialsVerificationPolicy: 'NeverVerifyPreloadedImages', // AlwaysVerify would ask a registry for the images of static pods
  kubeReserved: { pid: '1000' },
  makeIPTablesUtilChains: true, // 4.2.6
  podPidsLimit: 4096, // 4.2.13
  protectKernelDefaults: true,
  readOnlyPort: 0, // 4.2.4
  rotateCertificates: true, // 4.2.10
  seccompDefault: true, // 4.2.14
  streamingConnectionIdleTimeout: '5m0s', // 4.2.5; without effect since 1.34, and still scanned
  systemReserved: { pid: '1000' },
};
