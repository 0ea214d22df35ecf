/**
 * The checks of the Pod Security Standards, by the ids of the API server, each with the lowest level that has it.
 *
 * @see https://github.com/kubernetes/pod-security-admission/tree/master/policy
 */
export const POD_SECURITY_CHECKS = {
  allowPrivilegeEscalation: 'restricted',
  appArmorProfile: 'baseline',
  capabilities_baseline: 'baseline',
  capabilities_restricted: 'restricted',
  hostNamespaces: 'baseline',
  hostPathVolumes: 'baseline',
  hostPorts: 'baseline',
  hostProbesAndHostLifecycle: 'baseline',
  privileged: 'baseline',
  procMount: 'baseline',
  procMount_restricted: 'restricted',
  restrictedVolumes: 'restricted',
  runAsNonRoot: 'restricted',
  runAsUser: 'restricted',
  seccompProfile_baseline: 'baseline',
  seccompProfile_restricted: 'restricted',
  seLinuxOptions: 'baseline',
  sysctls: 'baseline',
  windowsHostProcess: 'baseline',
} as const;
export type PodSecurityCheck = keyof typeof POD_SECURITY_CHECKS;

/** Levels of Pod Security that forbid something, the weaker first. */
export const POD_SECURITY_LEVELS = ['baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];
