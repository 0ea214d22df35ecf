import { isRecord, recordOf, recordsOf, textOf } from '../../manifest';
import type { NodeFile, WireObject } from '../../manifest';
import type { Program } from '../node-files';
import { kubeletPart, mountOf, source, typed } from './fact-parts';
import type { FactReader } from './fact-parts';
import type { HostDocument, HostFacts } from './host-document';
import { documentOf, readDocuments, TALOS_KIND } from './read-documents';

/** Talos: one document up to 1.13, and one for each program and concern from 1.14. */
export const TALOS_FACTS: Readonly<Record<string, FactReader>> = {
  [`/${TALOS_KIND}`]: talos,
  '/KubeAPIServerConfig': talosProgram('kube-apiserver'),
  '/KubeControllerManagerConfig': talosProgram('kube-controller-manager'),
  '/KubeSchedulerConfig': talosProgram('kube-scheduler'),
  '/KubeProxyConfig': ({ file, value }) => ({
    flags: [source('kube-proxy', file, value['extraArgs'])],
    documents: typed(file, proxyOf(value), 'kubeproxy.config.k8s.io/v1alpha1', 'KubeProxyConfiguration'),
  }),
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
    flags: [
      ...(machine['type'] === 'controlplane' || isRecord(cluster['apiServer']) ? controlPlane : []),
      source('kubelet', file, kubelet['extraArgs']),
      source('kube-proxy', file, extraArgs('proxy')),
    ],
    mounts: recordsOf(apiServer['extraVolumes']).map((volume) => mountOf(file, volume)),
  };
}

/** Talos' own key for it. */
function seccompOf(kubelet: WireObject): WireObject {
  return kubelet['defaultRuntimeSeccompProfileEnabled'] === true ? { seccompDefault: true } : {};
}

/** The configuration of kube-proxy, whose mode has a key of Talos' own. */
function proxyOf({ mode, config }: WireObject): WireObject {
  return { ...(mode === undefined ? {} : { mode }), ...recordOf(config) };
}

/** Plugins that Talos gathers into the configuration that it writes; it adds its own for PodSecurity. */
function admissionPlugins(file: NodeFile, plugins: readonly WireObject[]): HostDocument[] {
  const entries = plugins.map(({ name, configuration }) => ({ name: name as unknown, configuration: configuration as unknown }));
  return entries.length === 0
    ? []
    : documentOf(file, { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins: entries }, true);
}

/** Talos from 1.14: one document a program. */
function talosProgram(program: Program): FactReader {
  return ({ file, value }) => ({ flags: [source(program, file, value['extraArgs'])] });
}
