import { isRecord, textOf } from '../../manifest';
import type { NodeFile, WireObject } from '../../manifest';
import { flagsOf } from '../node-files';
import type { Program } from '../node-files';
import type { ApiServerMount, FlagSource, HostDocument, HostFacts } from './host-document';
import { documentOf } from './read-documents';

/** How a kind of document says what the programs of hosts run with. */
export type FactReader = (document: HostDocument) => HostFacts;

/** The flags of a program that the file starts, also if it gives none. */
export function source(program: Program, file: NodeFile, flags: unknown): FlagSource {
  return { program, file, flags: flagsOf(flags) };
}

/** A document whose holder leaves out what it is. */
export function typed(file: NodeFile, value: unknown, apiVersion: string, kind: string): HostDocument[] {
  return isRecord(value) ? documentOf(file, { apiVersion, kind, ...value }) : [];
}

/** Fields of a KubeletConfiguration, the others of which Talos sets. */
export function kubeletPart(file: NodeFile, value: unknown): HostDocument[] {
  return isRecord(value)
    ? documentOf(file, { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...value }, true)
    : [];
}

/** A volume as kubeadm, Talos and static pods have it. */
export function mountOf(file: NodeFile, volume: WireObject): ApiServerMount {
  return {
    file,
    hostPath: textOf(volume['hostPath']) ?? '',
    mountPath: textOf(volume['mountPath']) ?? '',
    readOnly: volume['readOnly'] === true || volume['readonly'] === true, // the latter is how Talos writes it
    made: (textOf(volume['pathType']) ?? '').endsWith('OrCreate'),
  };
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
