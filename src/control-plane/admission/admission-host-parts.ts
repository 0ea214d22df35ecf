import * as path from 'node:path';
import type { NodeFile } from '../../manifest';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { readOnStart } from '../read-on-start';
import { webhookKubeconfig } from '../webhook-kubeconfig';
import type { AdmissionConfiguration, AdmissionPlugin } from './admission-configuration';
import type { AdmissionSection } from './admission-section';

/** Milliseconds between two tries to reach the image policy webhook. */
const RETRY_BACKOFF = 500;

/** Places on the host that the configuration names. */
export interface AdmissionPaths {
  /** The kubeconfig of the webhook for images. @default - none: the plugin is left out */
  readonly imagePolicyKubeconfig?: string;
  /** Folder of the static policies and nothing else. */
  readonly staticPolicies: string;
}

/** Plugins with their configurations. Talos takes each in a document of its own. */
export function admissionPluginConfigurations(section: AdmissionSection, paths: AdmissionPaths): readonly AdmissionPlugin[] {
  const { podSecurity, eventRateLimit, imagePolicy, staticPolicies } = section;
  return [
    { name: 'PodSecurity', configuration: podSecurity },
    { name: 'EventRateLimit', configuration: eventRateLimit },
    ...(imagePolicy && paths.imagePolicyKubeconfig !== undefined
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
  const { imagePolicy, staticPolicies } = admission;
  const folderOf = (name: string): string => path.posix.join(layout.hardening, name);
  const kubeconfig =
    imagePolicy && readOnStart(folderOf('image-policy'), 'webhook', webhookKubeconfig(imagePolicy.server, folderOf('image-policy')));
  const configuration: AdmissionConfiguration = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: admissionPluginConfigurations(admission, {
      imagePolicyKubeconfig: kubeconfig?.path,
      staticPolicies: folderOf('static-policies'),
    }),
  };
  const file = readOnStart(folderOf('admission'), 'admission', configuration);
  return {
    files: [
      file,
      ...(kubeconfig ? [kubeconfig] : []),
      ...(staticPolicies.length > 0 ? [guardFile(folderOf('static-policies'), staticPolicies)] : []),
    ],
    flags: { 'kube-apiserver': [{ name: 'admission-control-config-file', value: file.path }] },
    admissionPlugins: admission.plugins,
  };
}

/** Its folder is watched: a change acts at once. */
function guardFile(folder: string, policies: readonly object[]): NodeFile {
  return {
    role: 'control-plane',
    path: path.posix.join(folder, 'guard-admission-policies.yaml'),
    mode: '0600',
    owner: 'root:root',
    content: configYaml(...policies),
  };
}
