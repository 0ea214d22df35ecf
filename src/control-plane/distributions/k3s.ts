import { DEFAULT_API_SERVER_PORT } from '../cluster-spec';
import type { DistributionRenderer } from '../distribution-renderer';
import { K3S_LAYOUT } from '../host-layout';
import { hostPartsOf } from '../host-parts-of';
import { agentConfig, rancherFiles, serverConfig } from './rancher';

/** Folder of k3s' configuration. */
export const K3S_FOLDER = '/etc/rancher/k3s';

/**
 * k3s: a drop-in for servers and one for agents, beside the files of the parts. It is one process, so that nothing is mounted. It
 * leaves `anonymous-auth` out when it is given `authentication-config` (k3s #12245).
 */
export const k3sFiles: DistributionRenderer = (spec) => {
  const parts = hostPartsOf(spec, K3S_LAYOUT);
  const { network, apiServerPort = DEFAULT_API_SERVER_PORT } = spec.cluster;
  const server = {
    ...serverConfig(spec, parts),
    ...(apiServerPort === DEFAULT_API_SERVER_PORT ? {} : { 'https-listen-port': apiServerPort }),
    ...(spec.encryption && { 'secrets-encryption': true as const }),
    // Its own flannel and policy controller make way for the plugin that the operator installs.
    ...(network.plugin === 'flannel' ? {} : { 'flannel-backend': 'none' as const, 'disable-network-policy': true as const }),
  };
  return rancherFiles(K3S_FOLDER, parts, server, agentConfig(spec));
};
