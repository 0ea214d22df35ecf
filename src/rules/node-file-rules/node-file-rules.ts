import { admissionConfiguration } from './admission-configuration';
import { apiServerFlagConflicts } from './api-server-flag-conflicts';
import { auditFlags } from './audit-flags';
import { auditPolicy } from './audit-policy';
import { authenticationConfiguration } from './authentication-configuration';
import { authorizationConfiguration } from './authorization-configuration';
import { componentFlags } from './component-flags';
import { encryptionAtRest } from './encryption-at-rest';
import { encryptionConfiguration } from './encryption-configuration';
import { kernelDefaults } from './kernel-defaults';
import { kubeProxyConfiguration } from './kube-proxy-configuration';
import { kubeletConfiguration } from './kubelet-configuration';
import { kubeletServingCertificates } from './kubelet-serving-certificates';
import { namedFiles } from './named-files';
import { nodeFileFields } from './node-file-fields';
import { nodeFileModes } from './node-file-modes';
import { nodeFileSecrets } from './node-file-secrets';
import { nodeFileSyntax } from './node-file-syntax';
import { staticPolicies } from './static-policies';
import { tokenJoin } from './token-join';
import type { Rule } from '../rule';

/** Every rule about files for hosts. */
export const NODE_FILE_RULES: readonly Rule[] = [
  nodeFileSyntax,
  nodeFileFields,
  auditPolicy,
  auditFlags,
  encryptionConfiguration,
  encryptionAtRest,
  authenticationConfiguration,
  authorizationConfiguration,
  apiServerFlagConflicts,
  tokenJoin,
  admissionConfiguration,
  staticPolicies,
  componentFlags,
  namedFiles,
  kubeletConfiguration,
  kubeletServingCertificates,
  kernelDefaults,
  kubeProxyConfiguration,
  nodeFileModes,
  nodeFileSecrets,
];
