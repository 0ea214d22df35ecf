import type { CelRule } from './cel';
import { allowPrivilegeEscalation } from './allow-privilege-escalation';
import { apparmor } from './apparmor';
import { automountToken } from './automount-token';
import { capabilitiesAdd } from './capabilities-add';
import { capabilitiesDrop } from './capabilities-drop';
import { defaultServiceAccount } from './default-service-account';
import { hostNamespaces } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPorts } from './host-ports';
import { imageDigest } from './image-digest';
import { imageRegistry } from './image-registry';
import { imageTag } from './image-tag';
import { ingressTls } from './ingress-tls';
import { namespaceIsolated } from './namespace-isolated';
import { namespacePodSecurity } from './namespace-pod-security';
import { networkPolicyMetadata } from './network-policy-metadata';
import { networkPolicyOpen } from './network-policy-open';
import { portNames } from './port-names';
import { privileged } from './privileged';
import { probeHost } from './probe-host';
import { probes } from './probes';
import { procMount } from './proc-mount';
import { rbacAnonymous } from './rbac-anonymous';
import { rbacClusterAdmin } from './rbac-cluster-admin';
import { rbacEscalation } from './rbac-escalation';
import { rbacExec } from './rbac-exec';
import { rbacGuards } from './rbac-guards';
import { rbacNodesProxy } from './rbac-nodes-proxy';
import { rbacSecrets } from './rbac-secrets';
import { rbacTokenCreation } from './rbac-token-creation';
import { rbacWildcard } from './rbac-wildcard';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { resourceLimits } from './resource-limits';
import { runAsGroup } from './run-as-group';
import { runAsNonRoot } from './run-as-non-root';
import { runAsUser } from './run-as-user';
import { seccomp } from './seccomp';
import { secretInlineData } from './secret-inline-data';
import { secretLegacyToken } from './secret-legacy-token';
import { secretsInEnv } from './secrets-in-env';
import { selectorMatches } from './selector-matches';
import { selinux } from './selinux';
import { serviceAccountExists } from './service-account-exists';
import { serviceExposure } from './service-exposure';
import { shareProcessNamespace } from './share-process-namespace';
import { sysctls } from './sysctls';
import { tokenProjection } from './token-projection';
import { volumeTypes } from './volume-types';
import { windowsHostProcess } from './windows-host-process';
import { workloadNamespace } from './workload-namespace';
import type { Rule } from './rule';

/** The checks of Pod Security `restricted` (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export const POD_SECURITY_RULES: readonly CelRule[] = [
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

/** Every rule about one object: Pod Security, and what it lacks. */
export const CEL_RULES: readonly CelRule[] = [
  ...POD_SECURITY_RULES,
  runAsGroup,
  readOnlyRootFilesystem,
  resourceLimits,
  automountToken,
  tokenProjection,
  imageDigest,
  imageTag,
  imageRegistry,
  shareProcessNamespace,
  probes,
  defaultServiceAccount,
  secretsInEnv,
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

/** Every rule. */
export const RULES: readonly Rule[] = [...CEL_RULES, namespaceIsolated, portNames, selectorMatches, serviceAccountExists];
