import * as path from 'node:path';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { readOnStart } from '../read-on-start';
import { webhookKubeconfig } from '../webhook-kubeconfig';
import { authorizationConfiguration, denyWebhook } from './authorization-configuration';

/**
 * Flag, or file and flag, of authorization. The two flags exclude each other. The API server takes a changed file while it runs,
 * and reads the kubeconfig of the webhook then: a changed kubeconfig has another name.
 */
export function authorizationHostParts({ authorization }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (authorization === undefined) {
    return {};
  }
  if (authorization.form === 'flag') {
    return { flags: { 'kube-apiserver': [{ name: 'authorization-mode', value: 'Node,RBAC' }] } };
  }
  const folder = path.posix.join(layout.hardening, 'authorization');
  const file = path.posix.join(folder, 'authorization.yaml');
  const { webhook } = authorization;
  const kubeconfig = webhook && readOnStart(folder, 'webhook', webhookKubeconfig(webhook.server, folder));
  return {
    files: [
      {
        role: 'control-plane',
        path: file,
        mode: '0600',
        owner: 'root:root',
        content: configYaml(authorizationConfiguration(webhook && kubeconfig ? [denyWebhook(webhook, kubeconfig.path)] : [])),
      },
      ...(kubeconfig ? [kubeconfig] : []),
    ],
    flags: { 'kube-apiserver': [{ name: 'authorization-config', value: file }] },
  };
}
