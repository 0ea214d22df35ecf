import { isRecord } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import { featureGateProblems } from './feature-gate-problems';
import { unsafeFields } from './field-check';
import { KUBELET_CHECKS } from './kubelet-checks';
import type { NodeFileProblem } from './node-file-problem';
import { STRONG_CIPHERS } from './tls-ciphers';
import { scalarText, shown, valueOf } from './unknown-data';
import { documentProblems } from './unknown-field-problems';

/**
 * What is wrong with a KubeletConfiguration, whoever wrote it: what the kubelet passes over or refuses, and what weakens the
 * node. `whole` is false for a drop-in file or Talos' `extraConfig`.
 */
export function kubeletProblems(document: unknown, minor: KubernetesMinor, whole = true): NodeFileProblem[] {
  return [
    ...documentProblems(document, 'kubelet.config.k8s.io/v1beta1 KubeletConfiguration', minor),
    ...unsafeFields(document, KUBELET_CHECKS, whole),
    ...featureGateProblems(valueOf(document, 'featureGates'), 'featureGates', minor),
    ...cipherProblems(document),
    ...servingCertificate(document, whole),
    ...swap(document),
    ...eviction(document),
  ];
}

function cipherProblems(document: unknown): NodeFileProblem[] {
  const field = 'tlsCipherSuites';
  const suites = valueOf(document, field);
  if (!Array.isArray(suites)) {
    return [];
  }
  const weak = suites.filter((suite) => !STRONG_CIPHERS.has(scalarText(suite)));
  return [
    ...(valueOf(document, 'tlsMinVersion') === 'VersionTLS13'
      ? [
          {
            field,
            message: 'is given with VersionTLS13: TLS 1.3 has no list of suites, so it does nothing',
            control: 'NET-20' as const,
            remedy: 'remove it, or set tlsMinVersion: VersionTLS12',
          },
        ]
      : []),
    ...weak.map((suite) => ({
      field,
      message: `has ${shown(suite)}: a suite that is weak, or that is not known`,
      control: 'NET-20' as const,
      remedy: 'use suites of ECDHE with AES-GCM (CIS 4.2.12)',
    })),
  ];
}

/** Certificates that nobody but the kubelet itself has signed are trusted by nobody, so that clients stop to check (CIS 4.2.9). */
function servingCertificate(document: unknown, whole: boolean): NodeFileProblem[] {
  const own = ['tlsCertFile', 'tlsPrivateKeyFile'].every((field) => typeof valueOf(document, field) === 'string');
  const bootstrap = valueOf(document, 'serverTLSBootstrap');
  if (bootstrap === true || own || (bootstrap === undefined && !whole)) {
    return [];
  }
  return [
    {
      field: 'serverTLSBootstrap',
      message: `is ${shown(bootstrap)}: the kubelet signs its own certificate, which the API server cannot check`,
      control: 'NET-14',
      remedy: 'set true and approve what the kubelets ask for, or give tlsCertFile and tlsPrivateKeyFile',
    },
  ];
}

function swap(document: unknown): NodeFileProblem[] {
  if (valueOf(document, 'failSwapOn') !== false || valueOf(document, 'memorySwap.swapBehavior') === 'NoSwap') {
    return [];
  }
  return [
    {
      field: 'failSwapOn',
      message: 'is false: memory of pods, Secrets too, may be written to the disk in the clear',
      control: 'NET-22',
      remedy: "remove it, or set memorySwap: { swapBehavior: 'NoSwap' } too",
    },
  ];
}

/** Signals that are not named lose their default as soon as one is, unless the defaults are merged (kubelet types.go, evictionHard). */
function eviction(document: unknown): NodeFileProblem[] {
  const hard = valueOf(document, 'evictionHard');
  if (!isRecord(hard)) {
    return [];
  }
  const defaults = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available'];
  const missing =
    valueOf(document, 'mergeDefaultEvictionSettings') === true ? [] : defaults.filter((signal) => !Object.hasOwn(hard, signal));
  const off = Object.entries(hard).filter(([, value]) => /^(0+(\.0+)?%?|100%)$/.test(scalarText(value)));
  return [
    ...missing.map((signal) => ({
      field: 'evictionHard',
      message: `has no ${signal}: a signal that is not named is never acted on, once another is`,
      control: 'NET-10' as const,
      remedy: 'set mergeDefaultEvictionSettings: true, or name it',
    })),
    ...off.map(([signal, value]) => ({
      field: `evictionHard.${signal}`,
      message: `is ${shown(value)}: that switches the signal off`,
      control: 'NET-10' as const,
      remedy: 'give the least that must stay free, such as 10%',
    })),
  ];
}
