import * as path from 'node:path';
import type { KubernetesMinor } from '../../settings';
import { SUPPORTED_MINORS } from '../../settings';
import type { ClusterSpec } from '../cluster-spec';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { DistributionRenderer } from '../distribution-renderer';
import { KEY_SCRIPT_PATH } from '../encryption';
import { KUBEADM_LAYOUT } from '../host-layout';
import type { Flag, FlaggedProgram, HostParts } from '../host-parts';
import { hostPartsOf } from '../host-parts-of';
import { kubeletDocument } from '../kubelet';
import { kubeProxyDocument } from '../kube-proxy';
import { SECCOMP_FOLDER } from '../profiles';
import { createClusterScript, HARDENING_SOURCE, AUDIT_SOURCE, SECCOMP_SOURCE } from './kind-create-cluster';
import { apiServerVolumes, kubeadmCertificates } from './kubeadm-configuration';
import { writtenFlags } from './written-flags';

/** Node images whose digest is on record, by minor; a test holds them to images.lock.yaml. For the others the operator names one. */
export const KIND_NODE_IMAGES: Readonly<Partial<Record<KubernetesMinor, string>>> = {
  '1.37': 'docker.io/kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5',
};

/** First minor for whose nodes kind writes v1beta4. A patch of another version is passed over without a word (kind #4173). */
const FIRST_V1BETA4: KubernetesMinor = '1.36';

/** A folder of the machine in a node. */
interface ExtraMount {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

/**
 * A cluster of containers on the operator's machine: `kind/cluster.yaml` with the same flags and files, and the script that makes
 * it. One control-plane node and one worker. What is for hosts of their own (firewall, kernel, modes, units) is left out: the
 * "nodes" share the machine's kernel and network.
 */
export const kindFiles: DistributionRenderer = (spec) => {
  const parts = hostPartsOf(spec, KUBEADM_LAYOUT);
  const mounted = [KUBEADM_LAYOUT.hardening, SECCOMP_FOLDER].map((folder) => `${folder}/`);
  const used = parts.files.filter(
    ({ role, path: target }) => role === 'operator' || target === KEY_SCRIPT_PATH || mounted.some((folder) => target.startsWith(folder)),
  );
  const onOperator = (name: string, mode: string, content: string) => ({
    role: 'operator',
    path: `/kind/${name}`,
    mode,
    owner: 'root:root',
    content,
  });
  return [
    ...used,
    onOperator('cluster.yaml', '0644', configYaml(cluster(spec, parts))),
    onOperator('create-cluster.sh', '0755', createClusterScript(spec, KIND_NODE_IMAGES[spec.cluster.minor])),
  ];
};

function cluster(spec: ControlPlaneSpec, parts: Required<HostParts>): object {
  const { network, name, minor } = spec.cluster;
  const image = KIND_NODE_IMAGES[minor];
  const seccomp = spec.confinement ? [mount(SECCOMP_SOURCE, SECCOMP_FOLDER, true)] : [];
  const controlPlane = [
    mount(HARDENING_SOURCE, KUBEADM_LAYOUT.hardening, true),
    ...(spec.audit ? [mount(AUDIT_SOURCE, path.posix.dirname(KUBEADM_LAYOUT.auditLog), false)] : []),
    ...seccomp,
  ];
  const kubeProxy = kubeProxyDocument(spec);
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name,
    networking: {
      ipFamily: ipFamily(spec.cluster),
      apiServerAddress: '127.0.0.1',
      podSubnet: network.pods.join(','),
      serviceSubnet: network.services.join(','),
      disableDefaultCNI: network.plugin !== 'other', // its own plugin enforces policies too
      ...(kubeProxy && { kubeProxyMode: kubeProxy.mode }),
    },
    kubeadmConfigPatches: [clusterConfiguration(spec, parts), kubeletDocument(spec), kubeProxy]
      .filter((document) => document !== undefined)
      .map((document) => configYaml(document)),
    nodes: [
      { role: 'control-plane', ...(image === undefined ? {} : { image }), extraMounts: controlPlane },
      { role: 'worker', ...(image === undefined ? {} : { image }), ...(seccomp.length > 0 ? { extraMounts: seccomp } : {}) },
    ],
  };
}

function mount(hostPath: string, containerPath: string, readOnly: boolean): ExtraMount {
  return { hostPath, containerPath, readOnly };
}

function ipFamily({ network }: ClusterSpec): 'ipv4' | 'ipv6' | 'dual' {
  const families = new Set(network.pods.map((range) => (range.includes(':') ? 'ipv6' : 'ipv4')));
  return families.size > 1 ? 'dual' : families.has('ipv6') ? 'ipv6' : 'ipv4';
}

/** The patch of what kind gives kubeadm, in the version that kind writes for the minor. */
function clusterConfiguration(spec: ControlPlaneSpec, parts: Required<HostParts>): object {
  const v1beta4 = SUPPORTED_MINORS.indexOf(spec.cluster.minor) >= SUPPORTED_MINORS.indexOf(FIRST_V1BETA4);
  const extraArgs = (program: FlaggedProgram): readonly Flag[] | Readonly<Record<string, string>> => {
    const flags = writtenFlags(parts, program);
    return v1beta4 ? flags : Object.fromEntries(flags.map(({ name, value }) => [name, value]));
  };
  const { certificates } = spec;
  return {
    apiVersion: `kubeadm.k8s.io/${v1beta4 ? 'v1beta4' : 'v1beta3'}`,
    kind: 'ClusterConfiguration',
    ...(v1beta4 && certificates && kubeadmCertificates(certificates)),
    etcd: { local: { extraArgs: extraArgs('etcd') } },
    apiServer: {
      extraArgs: extraArgs('kube-apiserver'),
      extraVolumes: apiServerVolumes(parts),
    },
    controllerManager: { extraArgs: extraArgs('kube-controller-manager') },
    scheduler: { extraArgs: extraArgs('kube-scheduler') },
  };
}
