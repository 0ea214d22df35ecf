import type { KubeObject } from './manifest';
import { isRecord, listOf, textOf } from './wire';
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

/** The pod template of an object, or undefined when its kind makes no pods, or has something else in its place. */
export function podTemplateOf(object: KubeObject): PodTemplate | undefined {
  const kind = textOf(object.kind) ?? '';
  const path = POD_GROUPS.has(object.apiVersion) && Object.hasOwn(POD_TEMPLATE_PATHS, kind) ? POD_TEMPLATE_PATHS[kind] : undefined;
  const template = path?.reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), object);
  return isRecord(template) ? template : undefined;
}

/** The pod specification of an object, or undefined when its kind makes no pods, or has something else in its place. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const spec: unknown = podTemplateOf(object)?.['spec'];
  return isRecord(spec) ? spec : undefined;
}

/** A container, and where it lies in the specification of its pod. */
export interface PlacedContainer {
  readonly container: ContainerSpec;
  readonly path: readonly PropertyKey[];
}

/** All containers of a pod: app, init, sidecar and ephemeral ones, in that order. What is no block is no container. */
export function placedContainersOf(spec: PodSpec): PlacedContainer[] {
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => {
    return listOf(spec[list]).flatMap((container, index) => (isRecord(container) ? [{ container, path: [list, index] }] : []));
  });
}

/** The same without their places. */
export function containersOf(spec: PodSpec): readonly ContainerSpec[] {
  return placedContainersOf(spec).map(({ container }) => container);
}
