import { Cidr } from '../../manifest';
import type { NodeFile } from '../../manifest';
import { apiServerNames } from '../api-server-endpoint';
import type { ClusterSpec } from '../cluster-spec';
import { DEFAULT_API_SERVER_PORT } from '../cluster-spec';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { DistributionRenderer } from '../distribution-renderer';
import { ETCD_DATA } from '../etcd';
import { KUBEADM_LAYOUT } from '../host-layout';
import type { FlaggedProgram, HostParts } from '../host-parts';
import { hostPartsOf } from '../host-parts-of';
import { hostSetupFiles } from '../host-setup';
import { kubeletDocument } from '../kubelet';
import { kubeProxyDocument } from '../kube-proxy';
import { apiServerVolumes, kubeadmCertificates } from './kubeadm-configuration';
import type {
  ClusterConfiguration,
  InitConfiguration,
  JoinConfiguration,
  KubeadmApiEndpoint,
  KubeadmArgument,
} from './kubeadm-configuration';
import { DISCOVERY_FILE, kubeadmJoinFiles } from './kubeadm-join';
import { kubeadmPatches } from './kubeadm-patches';
import { writtenFlags } from './written-flags';

/** Folder of kubeadm's own files. The API server does not see it. */
export const KUBEADM_FOLDER = '/etc/kubernetes/kubeadm';
const PATCHES = `${KUBEADM_FOLDER}/patches`;

const API_VERSION = 'kubeadm.k8s.io/v1beta4';

/**
 * Everything for hosts that kubeadm makes a cluster of: what the parts ask for, `init.yaml` for the first control-plane node,
 * `control-plane-2.yaml` … for the further ones, `worker.yaml`, patches of the static pods, the commands that join a node.
 */
export const kubeadmFiles: DistributionRenderer = (spec) => {
  const parts = hostPartsOf(spec, KUBEADM_LAYOUT);
  const [first, ...further] = controlPlaneEndpoints(spec.cluster);
  const files = [
    ...parts.files,
    configuration('control-plane', 'init', [
      initConfiguration(first),
      clusterConfiguration(spec, parts),
      ...[kubeletDocument(spec), kubeProxyDocument(spec)].filter((document) => document !== undefined),
    ]),
    ...further.map((endpoint, index) =>
      configuration('control-plane', `control-plane-${index + 2}`, [
        joinConfiguration({ controlPlane: { localAPIEndpoint: endpoint }, patches: { directory: PATCHES } }),
      ]),
    ),
    configuration('worker', 'worker', [joinConfiguration({})]),
    ...kubeadmPatches(PATCHES),
    ...kubeadmJoinFiles(spec, parts),
  ];
  return [...files, ...hostSetupFiles(files)];
};

function configuration(role: string, name: string, documents: readonly object[]): NodeFile {
  return { role, path: `${KUBEADM_FOLDER}/${name}.yaml`, mode: '0600', owner: 'root:root', content: configYaml(...documents) };
}

/** One for each control-plane node: of addresses in both families, those of the first one's family. */
function controlPlaneEndpoints({ hosts, apiServerPort }: ClusterSpec): [KubeadmApiEndpoint, ...KubeadmApiEndpoint[]] {
  const addresses = hosts.controlPlane.map((address) => Cidr.ofAddress(address));
  const nodes = addresses.filter(({ family }) => family === addresses[0]?.family);
  return nodes.map(({ address }) => ({
    advertiseAddress: address,
    bindPort: apiServerPort ?? DEFAULT_API_SERVER_PORT,
  })) as [KubeadmApiEndpoint, ...KubeadmApiEndpoint[]];
}

/** The token that kubeadm makes and prints ends soon: nodes join with one that is made for each of them. */
function initConfiguration(localAPIEndpoint: KubeadmApiEndpoint): InitConfiguration {
  return {
    apiVersion: API_VERSION,
    kind: 'InitConfiguration',
    bootstrapTokens: [{ ttl: '15m0s', description: 'made by kubeadm init; nodes join with a ticket' }],
    localAPIEndpoint,
    patches: { directory: PATCHES },
  };
}

function clusterConfiguration(spec: ControlPlaneSpec, parts: Required<HostParts>): ClusterConfiguration {
  const { cluster, certificates } = spec;
  const extraArgs = (program: FlaggedProgram): KubeadmArgument[] => writtenFlags(parts, program);
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterConfiguration',
    clusterName: cluster.name,
    kubernetesVersion: `stable-${cluster.minor}`, // the newest patch, or without network that of kubeadm itself
    controlPlaneEndpoint: cluster.endpoint,
    ...(certificates && kubeadmCertificates(certificates)),
    networking: { podSubnet: cluster.network.pods.join(','), serviceSubnet: cluster.network.services.join(',') },
    etcd: { local: { dataDir: ETCD_DATA, extraArgs: extraArgs('etcd') } },
    apiServer: {
      certSANs: apiServerNames(cluster),
      extraArgs: extraArgs('kube-apiserver'),
      extraVolumes: apiServerVolumes(parts),
    },
    controllerManager: { extraArgs: extraArgs('kube-controller-manager') },
    scheduler: { extraArgs: extraArgs('kube-scheduler') },
  };
}

function joinConfiguration(more: Pick<JoinConfiguration, 'controlPlane' | 'patches'>): JoinConfiguration {
  return { apiVersion: API_VERSION, kind: 'JoinConfiguration', discovery: { file: { kubeConfigPath: DISCOVERY_FILE } }, ...more };
}
