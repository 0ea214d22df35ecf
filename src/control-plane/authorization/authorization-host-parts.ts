import * as path from 'node:path';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { webhookKubeconfig } from '../webhook-kubeconfig';
import { authorizationConfiguration } from './authorization-configuration';

/** Flag, or file and flag, of authorization. The two flags exclude each other. */
export function authorizationHostParts({ authorization }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (authorization === undefined) {
    return {};
  }
  if (authorization.form === 'flag') {
    return { flags: { 'kube-apiserver': [{ name: 'authorization-mode', value: 'Node,RBAC' }] } };
  }
  const folder = path.posix.join(layout.hardening, 'authorization');
  const file = path.posix.join(folder, 'authorization.yaml');
  const kubeconfig = path.posix.join(folder, 'webhook.kubeconfig');
  const { webhook } = authorization;
  const onNodes = { role: 'control-plane', mode: '0600', owner: 'root:root' };
  return {
    files: [
      { ...onNodes, path: file, content: configYaml(authorizationConfiguration(webhook, kubeconfig)) },
      ...(webhook ? [{ ...onNodes, path: kubeconfig, content: configYaml(webhookKubeconfig(webhook.server, folder)) }] : []),
    ],
    flags: { 'kube-apiserver': [{ name: 'authorization-config', value: file }] },
  };
}
