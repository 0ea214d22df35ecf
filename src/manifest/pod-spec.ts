import type { KubeObject } from './manifest';
import { isRecord, recordsOf, textOf } from './wire';
import type { WireObject } from './wire';

/** A pod template or a Pod itself: `metadata` and `spec`. */
export type PodTemplate = WireObject;
/** `spec` of a pod. */
export type PodSpec = WireObject;
/** One container of a pod. */
export type ContainerSpec = WireObject;

/** Service account that a pod without one runs as. Kubernetes makes it in every namespace. */
export const DEFAULT_SERVICE_ACCOUNT = 'default';

/** Every built-in kind that makes pods, and where its pod template lies. `[]`: the object is the pod. */
export const POD_TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const POD_GROUPS = new Set(['v1', 'apps/v1', 'batch/v1', 'apps/v1beta1', 'apps/v1beta2', 'batch/v1beta1', 'extensions/v1beta1']);

/** The pod template of an object, or undefined when its kind makes no pods. */
export function podTemplateOf(object: KubeObject): PodTemplate | undefined {
  const kind = textOf(object.kind) ?? '';
  const path = POD_GROUPS.has(object.apiVersion) && Object.hasOwn(POD_TEMPLATE_PATHS, kind) ? POD_TEMPLATE_PATHS[kind] : undefined;
  return path?.reduce<PodTemplate | undefined>((value, field) => value?.[field] as PodTemplate | undefined, object as PodTemplate);
}

/** The pod specification of an object, or undefined when its kind makes no pods. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const spec: unknown = podTemplateOf(object)?.['spec'];
  return isRecord(spec) ? spec : undefined;
}

/** All containers of a pod: app, init, sidecar and ephemeral ones, in that order. */
export function containersOf(spec: PodSpec): readonly ContainerSpec[] {
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => recordsOf(spec[list]));
}
