import type { KubeObject } from '../manifest';

type Json = Record<string, unknown>;

/** A Pod on which every rule holds, the base of all examples. */
export const VALID_POD: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    automountServiceAccountToken: false,
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
  containers: [{ ...(VALID_POD['spec'].containers[0] as Json), securityContext: {} }],
  securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } },
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

/** A namespaced object for an example. */
export function objectExample(apiVersion: string, kind: string, fields: Json, metadata: Json = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'example', namespace: 'shop', ...metadata }, ...fields };
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
