import type { KubeObject } from '../manifest';

type Json = Record<string, unknown>;

const RBAC = 'rbac.authorization.k8s.io/v1';

/** A Pod on which every rule holds, the base of all examples. */
export const VALID_POD: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    automountServiceAccountToken: false,
    hostUsers: false,
    serviceAccountName: 'web',
    securityContext: {
      fsGroup: 10001,
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'main',
        image: `registry.example.com/web:1.4.2@sha256:${'0'.repeat(64)}`,
        livenessProbe: { httpGet: { path: '/', port: 8080 } },
        readinessProbe: { httpGet: { path: '/', port: 8080 } },
        resources: {
          requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
          limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
        },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
};

/** The valid Pod with fields of its specification changed; undefined takes a field away. */
export function podExample(spec: Json): KubeObject {
  return merge(VALID_POD, { spec }) as unknown as KubeObject;
}

/** The valid Pod with fields of its container changed. */
export function containerExample(container: Json): KubeObject {
  return podExample({ containers: [merge(VALID_POD['spec'].containers[0] as Json, container)] });
}

/** A Windows pod, which has no Linux-only fields. */
export const WINDOWS_POD: KubeObject = podExample({
  os: { name: 'windows' },
  hostUsers: undefined,
  containers: [{ ...(VALID_POD['spec'].containers[0] as Json), securityContext: {} }],
  securityContext: {
    fsGroup: undefined,
    runAsGroup: undefined,
    runAsNonRoot: true,
    runAsUser: undefined,
    seccompProfile: undefined,
    windowsOptions: { runAsUserName: 'ContainerUser' },
  },
});

/** The valid Pod with annotations. */
export function annotatedExample(annotations: Record<string, string>, spec: Json = {}): KubeObject {
  return merge(podExample(spec), { metadata: { annotations } }) as unknown as KubeObject;
}

/** The Pod's template in a controller of the kind. */
export function inController(pod: KubeObject, kind: string): KubeObject {
  const { name, namespace, ...podMetadata } = pod.metadata;
  const template = { metadata: { labels: { app: name }, ...podMetadata }, spec: pod['spec'] as Json };
  const object = (apiVersion: string, spec: Json): KubeObject => ({ apiVersion, kind, metadata: { name, namespace }, spec });
  switch (kind) {
    case 'Pod':
      return pod;
    case 'CronJob':
      return object('batch/v1', { schedule: '0 0 * * *', jobTemplate: { spec: { template } } });
    case 'Job':
      return object('batch/v1', { template });
    case 'ReplicationController':
      return object('v1', { template });
    default:
      return object('apps/v1', { selector: { matchLabels: { app: name } }, template });
  }
}

/** Lists of a pod's containers beside `containers`; a sidecar is an init container that keeps running. */
export const OTHER_CONTAINER_LISTS = ['initContainers', 'sidecars', 'ephemeralContainers'] as const;

/** The Pod with its container moved into another list, and a valid one in its place. */
export function inContainerList(pod: KubeObject, list: (typeof OTHER_CONTAINER_LISTS)[number]): KubeObject {
  const moved = (pod['spec'].containers as Json[]).map((container) => ({
    ...container,
    name: 'moved',
    ...(list === 'sidecars' ? { restartPolicy: 'Always' } : {}),
  }));
  const field = list === 'sidecars' ? 'initContainers' : list;
  const there = (pod['spec'][field] ?? []) as Json[];
  return { ...pod, spec: { ...(pod['spec'] as Json), containers: VALID_POD['spec'].containers as Json[], [field]: [...there, ...moved] } };
}

/** A namespaced object for an example. */
export function objectExample(apiVersion: string, kind: string, fields: Json, metadata: Json = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'example', namespace: 'shop', ...metadata }, ...fields };
}

/** A role with these rules; a ClusterRole if it is told so. */
export function roleExample(
  rules: readonly Json[] | null | undefined,
  kind: 'Role' | 'ClusterRole' = 'Role',
  name = 'example',
): KubeObject {
  const metadata = kind === 'Role' ? { name, namespace: 'shop' } : { name };
  return { apiVersion: RBAC, kind, metadata, ...(rules === undefined ? {} : { rules }) };
}

/** A binding of a ClusterRole to subjects, in the whole cluster or, as a RoleBinding, in a namespace. */
export function bindingExample(
  role: string,
  subjects: readonly Json[] | undefined,
  kind: 'RoleBinding' | 'ClusterRoleBinding' = 'ClusterRoleBinding',
  name = 'example',
): KubeObject {
  const metadata = kind === 'RoleBinding' ? { name, namespace: 'shop' } : { name };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role };
  return { apiVersion: RBAC, kind, metadata, roleRef, ...(subjects === undefined ? {} : { subjects }) };
}

/** A NetworkPolicy for every pod of its namespace. */
export function networkPolicyExample(spec: Json): KubeObject {
  return objectExample('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
}

function merge(base: Json, change: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) {
      delete merged[key];
    } else {
      merged[key] = isObject(value) && isObject(base[key]) ? merge(base[key], value) : value;
    }
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
