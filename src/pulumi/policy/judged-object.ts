import { isRecord, objectProblem, podSpecOf } from '../../manifest';
import type { KubeObject, WireObject } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import { VALID_POD } from '../../rules';

/** A resource of a stack, as a policy is shown it. */
export interface StackResource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** An object that a resource stands for. */
export interface JudgedObject {
  readonly object: KubeObject;
  /** Whether it sets fields of an object that somebody else owns. */
  readonly isPatch: boolean;
}

/**
 * The objects that a resource stands for: one, those of a list, or none where it is no object of Kubernetes. What a patch does not
 * say is taken as sound, since somebody else says it.
 *
 * @throws where the resource has a value that is not known yet: Pulumi then says that the policy was not asked
 */
export function judgedObjects({ type, props }: StackResource, minor: KubernetesMinor): JudgedObject[] {
  if (!type.startsWith('kubernetes:')) {
    return [];
  }
  const value = plain(props) as WireObject;
  const kind = String(value['kind']);
  if (kind.endsWith('List') && Array.isArray(value['items'])) {
    return value['items'].filter(isObject).map((object) => ({ object, isPatch: false }));
  }
  if (!isObject(value)) {
    return [];
  }
  const isPatch = type.endsWith(`:${kind}Patch`);
  return [{ object: isPatch ? withSoundRest(value, minor) : value, isPatch }];
}

function isObject(value: unknown): value is KubeObject {
  return objectProblem(value) === undefined;
}

/** A copy as plain data, without what the provider adds for itself (`__inputs` and the like). Pulumi shows a stand-in for each value. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key, item]) => !key.startsWith('__') && item !== undefined)
          .map(([key, item]) => [key, plain(item)]),
      )
    : value;
}

/** The object with all that rules ask for, but for what it says itself. */
function withSoundRest(object: KubeObject, minor: KubernetesMinor): KubeObject {
  const pod = podSpecOf(object);
  if (pod) {
    const sound = onTopOf(VALID_POD['spec'] as WireObject, pod) as WireObject;
    const copy = structuredClone(object);
    Object.assign(podSpecOf(copy) as WireObject, sound);
    return copy;
  }
  return object.kind === 'Namespace' ? (onTopOf(soundNamespace(minor), object) as KubeObject) : object;
}

function soundNamespace(minor: KubernetesMinor): object {
  const levels = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, `v${minor}`],
  ]);
  return { metadata: { labels: Object.fromEntries(levels) } };
}

/** The value in place of the base; in objects field by field, and each container on top of a sound one. */
function onTopOf(base: unknown, value: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(value)) {
    return value.map((item) => onTopOf(base[0], item));
  }
  if (!isRecord(base) || !isRecord(value)) {
    return value;
  }
  return Object.fromEntries([
    ...Object.entries(base),
    ...Object.entries(value).map(([key, item]): [string, unknown] => [key, Object.hasOwn(base, key) ? onTopOf(base[key], item) : item]),
  ]);
}
