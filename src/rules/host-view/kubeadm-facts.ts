import { isRecord, recordOf, recordsOf, textOf, textsOf } from '../../manifest';
import { flagsOf, PROGRAMS } from '../node-files';
import { mountOf, source, together } from './fact-parts';
import type { FactReader } from './fact-parts';
import type { HostDocument, HostFacts } from './host-document';
import { documentOf, parsed } from './read-documents';

/** kubeadm, kind which uses it, and the static pods that come of it. */
export const KUBEADM_FACTS: Readonly<Record<string, FactReader>> = {
  'kubeadm.k8s.io/ClusterConfiguration': kubeadmCluster,
  'kubeadm.k8s.io/InitConfiguration': kubeadmNode,
  'kubeadm.k8s.io/JoinConfiguration': kubeadmNode,
  'kind.x-k8s.io/Cluster': kindCluster,
  '/Pod': staticPod,
};

/** `kubeadm.k8s.io`, v1beta3 and v1beta4: their arguments differ in form only. */
function kubeadmCluster({ file, value }: HostDocument): HostFacts {
  const { apiServer, controllerManager, scheduler, etcd, certificatesDir } = value;
  const certificates = typeof certificatesDir === 'string' ? [certificatesDir] : []; // kubeadm mounts it, wherever it is
  return {
    flags: [
      source('kube-apiserver', file, recordOf(apiServer)['extraArgs']),
      source('kube-controller-manager', file, recordOf(controllerManager)['extraArgs']),
      source('kube-scheduler', file, recordOf(scheduler)['extraArgs']),
      ...(isRecord(recordOf(etcd)['external']) ? [] : [source('etcd', file, recordOf(recordOf(etcd)['local'])['extraArgs'])]),
    ],
    mounts: [
      ...recordsOf(recordOf(apiServer)['extraVolumes']).map((volume) => mountOf(file, volume)),
      ...certificates.map((folder) => ({ file, hostPath: folder, mountPath: folder, readOnly: true, made: true })),
    ],
  };
}

function kubeadmNode({ file, value }: HostDocument): HostFacts {
  return { flags: [source('kubelet', file, recordOf(value['nodeRegistration'])['kubeletExtraArgs'])] };
}

/**
 * kind hands its patches to kubeadm; they are text. A patch that is no YAML says nothing here, and kubeadm starts every program also
 * where none is given.
 */
function kindCluster(document: HostDocument): HostFacts {
  const { file, value } = document;
  const patches = [value, ...recordsOf(value['nodes'])].flatMap((holder) => textsOf(holder['kubeadmConfigPatches']));
  const documents = patches.flatMap((patch) => {
    try {
      return parsed(patch).flatMap((one) => documentOf(file, one));
    } catch {
      return [];
    }
  });
  return together([{ documents }, ...documents.map(kubeadmFacts), kubeadmCluster({ ...document, value: {} })]);
}

/** What a document of kubeadm in a patch says. */
function kubeadmFacts(document: HostDocument): HostFacts {
  const [group = ''] = document.apiVersion.split('/');
  const reader = { ClusterConfiguration: kubeadmCluster, InitConfiguration: kubeadmNode, JoinConfiguration: kubeadmNode }[document.kind];
  return group === 'kubeadm.k8s.io' && reader ? reader(document) : {};
}

/** A static pod of the control plane: flags of its containers, and what the API server mounts. */
function staticPod({ file, value }: HostDocument): HostFacts {
  const spec = recordOf(value['spec']);
  const folders = new Map(recordsOf(spec['volumes']).map((volume) => [textOf(volume['name']), recordOf(volume['hostPath'])]));
  return together(
    recordsOf(spec['containers']).map((container) => {
      const [program, ...flags] = [...textsOf(container['command']), ...textsOf(container['args'])];
      const name = PROGRAMS.find((candidate) => program?.split('/').at(-1) === candidate);
      return name === undefined
        ? {}
        : {
            flags: [{ program: name, file, flags: flagsOf(flags) }],
            mounts:
              name === 'kube-apiserver'
                ? recordsOf(container['volumeMounts']).map((mount) => {
                    const folder = folders.get(textOf(mount['name'])) ?? {};
                    return mountOf(file, { ...mount, hostPath: folder['path'] as unknown, pathType: folder['type'] as unknown });
                  })
                : [],
          };
    }),
  );
}
