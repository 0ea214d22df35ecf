import * as path from 'node:path';
import type { NodeFile } from '../../manifest';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { webhookKubeconfig } from '../webhook-kubeconfig';
import type { AdmissionConfiguration, AdmissionPlugin } from './admission-configuration';
import type { AdmissionSection } from './admission-section';

/** Milliseconds between two tries to reach the image policy webhook. */
const RETRY_BACKOFF = 500;

/** Places on the host that the configuration names. */
export interface AdmissionPaths {
  readonly imagePolicyKubeconfig: string;
  /** Folder of the static policies and nothing else. */
  readonly staticPolicies: string;
}

/** Plugins with their configurations. Talos takes each in a document of its own. */
export function admissionPluginConfigurations(section: AdmissionSection, paths: AdmissionPaths): readonly AdmissionPlugin[] {
  const { podSecurity, eventRateLimit, imagePolicy, staticPolicies } = section;
  return [
    { name: 'PodSecurity', configuration: podSecurity },
    { name: 'EventRateLimit', configuration: eventRateLimit },
    ...(imagePolicy
      ? [
          {
            name: 'ImagePolicyWebhook' as const,
            configuration: {
              imagePolicy: {
                kubeConfigFile: paths.imagePolicyKubeconfig,
                allowTTL: imagePolicy.allowTtlSeconds,
                denyTTL: imagePolicy.denyTtlSeconds,
                retryBackoff: RETRY_BACKOFF,
                defaultAllow: false as const,
              },
            },
          },
        ]
      : []),
    ...(staticPolicies.length > 0
      ? [
          {
            name: 'ValidatingAdmissionPolicy' as const,
            configuration: {
              apiVersion: 'apiserver.config.k8s.io/v1' as const,
              kind: 'ValidatingAdmissionPolicyConfiguration' as const,
              staticManifestsDir: paths.staticPolicies,
            },
          },
        ]
      : []),
  ];
}

/** Files, flag and plugins of admission. */
export function admissionHostParts({ admission }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (admission === undefined) {
    return {};
  }
  const at = (...names: readonly string[]): string => path.posix.join(layout.hardening, ...names);
  const file = at('admission', 'admission.yaml');
  const paths = { imagePolicyKubeconfig: at('image-policy', 'webhook.kubeconfig'), staticPolicies: at('static-policies') };
  const configuration: AdmissionConfiguration = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: admissionPluginConfigurations(admission, paths),
  };
  const onNodes = (target: string, ...documents: readonly object[]): NodeFile => ({
    role: 'control-plane',
    path: target,
    mode: '0600',
    owner: 'root:root',
    content: configYaml(...documents),
  });
  const { imagePolicy, staticPolicies } = admission;
  return {
    files: [
      onNodes(file, configuration),
      ...(imagePolicy ? [onNodes(paths.imagePolicyKubeconfig, webhookKubeconfig(imagePolicy.server, at('image-policy')))] : []),
      ...(staticPolicies.length > 0 ? [onNodes(at('static-policies', 'guard-admission-policies.yaml'), ...staticPolicies)] : []),
    ],
    flags: { 'kube-apiserver': [{ name: 'admission-control-config-file', value: file }] },
    admissionPlugins: admission.plugins,
  };
}
