import type { CelRule } from './cel';
import { allowPrivilegeEscalation } from './allow-privilege-escalation';
import { apparmor } from './apparmor';
import { automountToken } from './automount-token';
import { capabilitiesAdd } from './capabilities-add';
import { capabilitiesBaseline } from './capabilities-baseline';
import { capabilitiesDrop } from './capabilities-drop';
import { configMapCredentials } from './config-map-credentials';
import { defaultServiceAccount } from './default-service-account';
import { hostNamespaces } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPorts } from './host-ports';
import { imageDigest } from './image-digest';
import { imageRegistry } from './image-registry';
import { imageTag } from './image-tag';
import { ingressTls } from './ingress-tls';
import { namespaceDefaultDeny } from './namespace-default-deny';
import { namespaceEnforcement } from './namespace-enforcement';
import { namespaceLimits } from './namespace-limits';
import { namespacePodSecurity } from './namespace-pod-security';
import { namespaceQuota } from './namespace-quota';
import { networkPolicyAllAddresses } from './network-policy-all-addresses';
import { networkPolicyExcept } from './network-policy-except';
import { networkPolicyMetadata } from './network-policy-metadata';
import { networkPolicyOpen } from './network-policy-open';
import { NODE_FILE_RULES } from './node-file-rules';
import { peerMatches } from './peer-matches';
import { POD_SECURITY_CHECKS } from './pod-security';
import { portNames } from './port-names';
import { privileged } from './privileged';
import { probeHost } from './probe-host';
import { probes } from './probes';
import { procMount } from './proc-mount';
import { procMountBaseline } from './proc-mount-baseline';
import { quotaDefaults } from './quota-defaults';
import { rbacAnonymous } from './rbac-anonymous';
import { rbacClusterAdmin } from './rbac-cluster-admin';
import { rbacEffectiveAdmin } from './rbac-effective-admin';
import { rbacEffectiveSecrets } from './rbac-effective-secrets';
import { rbacEscalation } from './rbac-escalation';
import { rbacExec } from './rbac-exec';
import { rbacGuards } from './rbac-guards';
import { rbacNodesProxy } from './rbac-nodes-proxy';
import { rbacSecrets } from './rbac-secrets';
import { rbacTokenCreation } from './rbac-token-creation';
import { rbacWildcard } from './rbac-wildcard';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { resourceLimits } from './resource-limits';
import { roleExists } from './role-exists';
import { runAsGroup } from './run-as-group';
import { runAsNonRoot } from './run-as-non-root';
import { runAsUser } from './run-as-user';
import { seccomp } from './seccomp';
import { seccompBaseline } from './seccomp-baseline';
import { secretInManifest } from './secret-in-manifest';
import { secretInlineData } from './secret-inline-data';
import { secretLegacyToken } from './secret-legacy-token';
import { secretsInEnv } from './secrets-in-env';
import { selectorMatches } from './selector-matches';
import { selinux } from './selinux';
import { serviceAccountAutomount } from './service-account-automount';
import { serviceAccountExists } from './service-account-exists';
import { serviceExposure } from './service-exposure';
import { shareProcessNamespace } from './share-process-namespace';
import { subjectExists } from './subject-exists';
import { sysctls } from './sysctls';
import { tokenProjection } from './token-projection';
import { userNamespace } from './user-namespace';
import { volumeTypes } from './volume-types';
import { waiverPodCreators } from './waiver-pod-creators';
import { waiverServiceAccount } from './waiver-service-account';
import { windowsHostProcess } from './windows-host-process';
import { workloadIsolated } from './workload-isolated';
import { workloadNamespace } from './workload-namespace';
import type { Rule } from './rule';
import type { PodSecurityLevel } from './pod-security';

/** The rules that together are Pod Security `restricted`, and what is stricter than it where the guide is. */
const RESTRICTED: readonly CelRule[] = [
  hostNamespaces,
  privileged,
  allowPrivilegeEscalation,
  capabilitiesDrop,
  capabilitiesAdd,
  volumeTypes,
  hostPath,
  hostPorts,
  sysctls,
  procMount,
  selinux,
  apparmor,
  probeHost,
  runAsNonRoot,
  runAsUser,
  seccomp,
  windowsHostProcess,
];

/** What `baseline` asks in a weaker form than `restricted`. */
const BASELINE_FORMS: readonly CelRule[] = [capabilitiesBaseline, seccompBaseline, procMountBaseline];

/**
 * The rules that stand for each level of the Pod Security Standards
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/). Those of `restricted` are among `RULES`.
 */
export const POD_SECURITY_RULES: Readonly<Record<PodSecurityLevel, readonly CelRule[]>> = {
  baseline: [...RESTRICTED.filter(isBaseline), ...BASELINE_FORMS],
  restricted: RESTRICTED,
};

/** Whether a rule says no more than `baseline` does. */
function isBaseline({ cel }: CelRule): boolean {
  const stricter = BASELINE_FORMS.flatMap((form) => form.cel.podSecurity ?? []);
  return (cel.podSecurity ?? []).some((check) => POD_SECURITY_CHECKS[check] === 'baseline' && !stricter.includes(check));
}

/** Every rule about one object: Pod Security, and what it lacks. */
export const CEL_RULES: readonly CelRule[] = [
  ...RESTRICTED,
  runAsGroup,
  readOnlyRootFilesystem,
  resourceLimits,
  automountToken,
  serviceAccountAutomount,
  userNamespace,
  tokenProjection,
  imageDigest,
  imageTag,
  imageRegistry,
  shareProcessNamespace,
  probes,
  defaultServiceAccount,
  secretsInEnv,
  configMapCredentials,
  workloadNamespace,
  secretInlineData,
  secretLegacyToken,
  serviceExposure,
  ingressTls,
  networkPolicyMetadata,
  networkPolicyOpen,
  rbacWildcard,
  rbacEscalation,
  rbacTokenCreation,
  rbacSecrets,
  rbacExec,
  rbacNodesProxy,
  rbacGuards,
  rbacClusterAdmin,
  rbacAnonymous,
  namespacePodSecurity,
];

/** Every rule that sees all objects at once: what one cannot show. */
export const ARTIFACTS_RULES: readonly Rule[] = [
  namespaceDefaultDeny,
  namespaceQuota,
  namespaceLimits,
  quotaDefaults,
  namespaceEnforcement,
  workloadIsolated,
  selectorMatches,
  peerMatches,
  portNames,
  networkPolicyExcept,
  networkPolicyAllAddresses,
  serviceAccountExists,
  roleExists,
  subjectExists,
  rbacEffectiveAdmin,
  rbacEffectiveSecrets,
  waiverServiceAccount,
  waiverPodCreators,
  secretInManifest,
];

/** Every rule. */
export const RULES: readonly Rule[] = [...CEL_RULES, ...ARTIFACTS_RULES, ...NODE_FILE_RULES];
