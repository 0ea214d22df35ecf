import { isRecord, listOf, recordOf, recordsOf, textOf, textsOf } from '../../manifest';
import type { NodeFile, WireObject } from '../../manifest';
import { flagsOf, PROGRAMS } from '../node-files';
import type { Program } from '../node-files';
import type { ApiServerMount, FlagSource, HostDocument, HostFacts } from './host-document';
import { documentOf, parsed, RANCHER_KIND, readDocuments, TALOS_KIND } from './read-documents';

type Reader = (document: HostDocument) => HostFacts;

/** How each kind of document that sets up hosts says what their programs run with. */
const READERS: Readonly<Record<string, Reader>> = {
  'kubeadm.k8s.io/ClusterConfiguration': kubeadmCluster,
  'kubeadm.k8s.io/InitConfiguration': kubeadmNode,
  'kubeadm.k8s.io/JoinConfiguration': kubeadmNode,
  'kind.x-k8s.io/Cluster': kindCluster,
  '/Pod': staticPod,
  [`/${RANCHER_KIND}`]: rancher,
  [`/${TALOS_KIND}`]: talos,
  '/KubeAPIServerConfig': talosProgram('kube-apiserver'),
  '/KubeControllerManagerConfig': talosProgram('kube-controller-manager'),
  '/KubeSchedulerConfig': talosProgram('kube-scheduler'),
  '/KubeProxyConfig': talosProgram('kube-proxy'),
  '/KubeletConfig': ({ file, value }) => ({
    flags: [source('kubelet', file, value['extraArgs'])],
    documents: kubeletPart(file, { ...seccompOf(value), ...recordOf(value['config']) }),
  }),
  '/KubeAdmissionControlConfig': ({ file, value }) => ({ documents: admissionPlugins(file, [value]) }),
  '/KubeAuditPolicyConfig': ({ file, value }) => ({ documents: documentOf(file, value['configuration']) }),
  '/KubeAuthenticationConfig': ({ file, value }) => ({
    documents: typed(file, value['configuration'], 'apiserver.config.k8s.io/v1', 'AuthenticationConfiguration'),
  }),
  '/KubeEtcdEncryptionConfig': ({ file, value }) => ({
    documents: typed(file, value['config'], 'apiserver.config.k8s.io/v1', 'EncryptionConfiguration'),
  }),
};

/** What a document says of the hosts; nothing, if it is of another kind. Never throws. */
export function hostFacts(document: HostDocument): HostFacts {
  const [group = ''] = document.apiVersion.includes('/') ? document.apiVersion.split('/') : [''];
  const key = `${group}/${document.kind}`;
  return Object.hasOwn(READERS, key) ? (READERS[key]?.(document) ?? {}) : {};
}

/** The flags of a program that the file starts, also if it gives none. */
function source(program: Program, file: NodeFile, flags: unknown): FlagSource {
  return { program, file, flags: flagsOf(flags) };
}

/** A document whose holder leaves out what it is. */
function typed(file: NodeFile, value: unknown, apiVersion: string, kind: string): HostDocument[] {
  return isRecord(value) ? documentOf(file, { apiVersion, kind, ...value }) : [];
}

function kubeletPart(file: NodeFile, value: unknown): HostDocument[] {
  return isRecord(value)
    ? documentOf(file, { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...value }, true)
    : [];
}

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

function mountOf(file: NodeFile, volume: WireObject): ApiServerMount {
  return {
    file,
    hostPath: textOf(volume['hostPath']) ?? '',
    mountPath: textOf(volume['mountPath']) ?? '',
    readOnly: volume['readOnly'] === true,
    made: (textOf(volume['pathType']) ?? '').endsWith('OrCreate'),
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
  return together([{ documents }, ...documents.map(hostFacts), kubeadmCluster({ ...document, value: {} })]);
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

/** Programs that k3s and RKE2 start on every server, and the one that they start on every node. */
const SERVER_PROGRAMS: readonly Program[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** k3s and RKE2: every program by its own key; `key+` adds to what another file says. */
function rancher({ file, value }: HostDocument): HostFacts {
  const of = (key: string): unknown[] => [...oneOrMore(value[key]), ...oneOrMore(value[`${key}+`])];
  const flags = PROGRAMS.flatMap((program) => {
    const given = [...of(`${program}-arg`), ...ownKeys(program, value)];
    return given.length > 0 || (SERVER_PROGRAMS.includes(program) && file.role !== 'worker') ? [source(program, file, given)] : [];
  });
  const mounts = of('kube-apiserver-extra-mount').flatMap((mount) => {
    const [hostPath = '', mountPath = hostPath, mode] = (textOf(mount) ?? '').split(':');
    return [{ file, hostPath, mountPath, readOnly: mode === 'ro', made: true }];
  });
  return { flags, mounts };
}

/** Keys that stand for flags. @see https://docs.rke2.io/reference/server_config https://docs.k3s.io/cli/server */
function ownKeys(program: Program, value: WireObject): string[] {
  const cis = value['profile'] === 'cis';
  switch (program) {
    case 'kube-apiserver':
      return [
        ...named(value, 'audit-policy-file', 'audit-policy-file'),
        ...named(value, 'pod-security-admission-config-file', 'admission-control-config-file'),
        ...(cis ? ['service-account-extend-token-expiration=false'] : []),
      ];
    case 'kubelet':
      return cis || value['protect-kernel-defaults'] === true ? ['protect-kernel-defaults=true'] : [];
    default:
      return [];
  }
}

function named(value: WireObject, key: string, flag: string): string[] {
  const text = textOf(value[key]);
  return text === undefined ? [] : [`${flag}=${text}`];
}

function oneOrMore(value: unknown): readonly unknown[] {
  return typeof value === 'string' ? [value] : listOf(value);
}

/** Talos up to 1.13: one document for everything. */
function talos({ file, value }: HostDocument): HostFacts {
  const cluster = recordOf(value['cluster']);
  const machine = recordOf(value['machine']);
  const apiServer = recordOf(cluster['apiServer']);
  const kubelet = recordOf(machine['kubelet']);
  const held = recordsOf(machine['files']).map(({ path, content }) => ({ path: textOf(path) ?? '', content: textOf(content) ?? '' }));
  const extraArgs = (name: string): unknown => recordOf(cluster[name])['extraArgs'] as unknown;
  const controlPlane = [
    source('kube-apiserver', file, apiServer['extraArgs']),
    source('kube-controller-manager', file, extraArgs('controllerManager')),
    source('kube-scheduler', file, extraArgs('scheduler')),
    source('etcd', file, extraArgs('etcd')),
  ];
  return {
    documents: [
      ...kubeletPart(file, { ...seccompOf(kubelet), ...recordOf(kubelet['extraConfig']) }),
      ...documentOf(file, apiServer['auditPolicy']),
      ...admissionPlugins(file, recordsOf(apiServer['admissionControl'])),
      ...held.flatMap(({ path, content }) => readDocuments({ ...file, path, content }).documents.map((one) => ({ ...one, file }))),
    ],
    paths: held.map(({ path }) => path),
    flags: [...(machine['type'] === 'worker' ? [] : controlPlane), source('kubelet', file, kubelet['extraArgs'])],
    mounts: recordsOf(apiServer['extraVolumes']).map((volume) => mountOf(file, volume)),
  };
}

/** Talos' own key for it. */
function seccompOf(kubelet: WireObject): WireObject {
  return kubelet['defaultRuntimeSeccompProfileEnabled'] === true ? { seccompDefault: true } : {};
}

/** Plugins that Talos gathers into the configuration that it writes; it adds its own for PodSecurity. */
function admissionPlugins(file: NodeFile, plugins: readonly WireObject[]): HostDocument[] {
  const entries = plugins.map(({ name, configuration }) => ({ name: name as unknown, configuration: configuration as unknown }));
  return entries.length === 0
    ? []
    : documentOf(file, { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins: entries }, true);
}

/** Talos from 1.14: one document a program. */
function talosProgram(program: Program): Reader {
  return ({ file, value }) => ({ flags: [source(program, file, value['extraArgs'])] });
}

/** Several facts as one. */
export function together(facts: readonly HostFacts[]): Required<HostFacts> {
  return {
    documents: facts.flatMap(({ documents = [] }) => documents),
    flags: facts.flatMap(({ flags = [] }) => flags),
    mounts: facts.flatMap(({ mounts = [] }) => mounts),
    paths: facts.flatMap(({ paths = [] }) => paths),
  };
}
