import { parse } from 'yaml';
import type { FlaggedProgram } from '../../../src/control-plane';
import type { NodeFile } from '../../../src/manifest';
import type { Distribution } from '../../../src/settings';
import { documentsAt } from './one-cluster';

type Flags = readonly { readonly name: string; readonly value: string }[];

/** What a distribution starts the control plane with, whichever way it is written. */
export interface Started {
  readonly flags: Readonly<Record<FlaggedProgram, Flags>>;
  /** Folders that the API server sees; undefined where it sees the whole host. */
  readonly mounts?: readonly { readonly path: string; readonly readOnly: boolean }[];
  readonly admission: unknown;
}

interface Component {
  readonly extraArgs: Flags | Readonly<Record<string, string>>;
  readonly extraVolumes?: readonly { readonly mountPath: string; readonly readOnly: boolean }[];
}
interface ClusterConfiguration {
  readonly apiServer: Component;
  readonly controllerManager: Component;
  readonly scheduler: Component;
  readonly etcd: { readonly local: Component };
}

/** Reads it back from the files of a distribution that has flags: all but Talos. */
export function startedOf(distribution: Exclude<Distribution, 'talos' | 'eks' | 'gke' | 'aks'>, files: readonly NodeFile[]): Started {
  return distribution === 'k3s' || distribution === 'rke2' ? ofRancher(distribution, files) : ofKubeadm(distribution, files);
}

function ofKubeadm(distribution: 'kubeadm' | 'kind', files: readonly NodeFile[]): Started {
  const cluster = distribution === 'kind' ? patchOfKind(files) : documentsAt(files, 'control-plane', 'kubeadm/init.yaml')[1];
  const { apiServer, controllerManager, scheduler, etcd } = cluster as ClusterConfiguration;
  return {
    flags: {
      'kube-apiserver': asList(apiServer),
      'kube-controller-manager': asList(controllerManager),
      'kube-scheduler': asList(scheduler),
      etcd: asList(etcd.local),
    },
    mounts: apiServer.extraVolumes?.map(({ mountPath, readOnly }) => ({ path: mountPath, readOnly })),
    admission: admissionIn(files),
  };
}

function patchOfKind(files: readonly NodeFile[]): unknown {
  const [{ kubeadmConfigPatches: [patch] = [] }] = documentsAt(files, 'operator', 'kind/cluster.yaml') as [
    { kubeadmConfigPatches?: string[] },
  ];
  return parse(patch ?? '');
}

function asList({ extraArgs }: Component): Flags {
  return Array.isArray(extraArgs)
    ? (extraArgs as Flags)
    : Object.entries(extraArgs).map(([name, value]) => ({ name, value: String(value) }));
}

function ofRancher(distribution: 'k3s' | 'rke2', files: readonly NodeFile[]): Started {
  const [server] = documentsAt(files, 'control-plane', 'config.yaml.d/50-hardening.yaml') as [
    Record<string, string[] | string | undefined>,
  ];
  const list = (key: string): Flags =>
    [server[key] ?? []].flat().map((flag) => ({ name: flag.replace(/=.*/s, ''), value: flag.replace(/^[^=]*=/, '') }));
  const keys = { 'audit-policy-file': 'audit-policy-file', 'pod-security-admission-config-file': 'admission-control-config-file' };
  const byKey = Object.entries(keys).flatMap(([key, name]) => (server[key] === undefined ? [] : [{ name, value: String(server[key]) }]));
  return {
    flags: {
      'kube-apiserver': [...list('kube-apiserver-arg'), ...byKey],
      'kube-controller-manager': list('kube-controller-manager-arg'),
      'kube-scheduler': list('kube-scheduler-arg'),
      etcd: list('etcd-arg'),
    },
    // RKE2 mounts the folder of its own data, with the audit log, by itself.
    mounts:
      distribution === 'k3s'
        ? undefined
        : [
            ...[server['kube-apiserver-extra-mount'] ?? []].flat().map((mount) => ({
              path: mount.split(':')[1] as string,
              readOnly: mount.endsWith(':ro'),
            })),
            { path: '/var/lib/rancher/rke2/server/logs', readOnly: false },
          ],
    admission: admissionIn(files),
  };
}

function admissionIn(files: readonly NodeFile[]): unknown {
  const found = files.find(({ path }) => /\/admission\/admission-\w+\.yaml$/.test(path));
  return found && parse(found.content);
}
