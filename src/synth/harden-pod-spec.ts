import type { GeneratedFields } from '../controls';
import type { ContainerSpec, PodSpec, PodTemplate } from '../manifest';
import type { PlatformSettings } from '../settings';

/** User, group and volume group of every pod: above 10000 so that it meets no account of a node (Trivy KSV-0020, KSV-0021). */
export const DEFAULT_USER = 10001;
export const DEFAULT_GROUP = 10001;

/** Size of the `/tmp` that every container gets, since its root filesystem is read-only. */
export const DEFAULT_TMP_SIZE = '64Mi';

/** Requests and limits of a container that names none. */
export const DEFAULT_RESOURCES = {
  requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
  limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
} as const;

/** SELinux type that Pod Security `restricted` allows and that container runtimes confine by default. */
const SELINUX_CONTAINER_TYPE = 'container_t';

/** What `hardenPodTemplate` sets. AppArmor, SELinux and user namespaces only where the settings say that nodes have them. */
export const HARDENED_POD_FIELDS: GeneratedFields = {
  'POD-02': [
    { kind: 'Pod', field: 'spec.securityContext.runAsNonRoot', value: true },
    { kind: 'Pod', field: 'spec.securityContext.runAsUser', value: DEFAULT_USER },
    { kind: 'Pod', field: 'spec.securityContext.runAsGroup', value: DEFAULT_GROUP },
    { kind: 'Pod', field: 'spec.securityContext.fsGroup', value: DEFAULT_GROUP },
    { kind: 'Pod', field: 'spec.securityContext.supplementalGroupsPolicy', value: 'Strict' },
  ],
  'POD-03': [{ kind: 'Pod', field: 'spec.hostUsers', value: false }],
  'POD-04': [{ kind: 'Pod', field: 'spec.containers[].securityContext.readOnlyRootFilesystem', value: true }],
  'POD-09': [{ kind: 'Pod', field: 'spec.containers[].securityContext.privileged', value: false }],
  'POD-13': [{ kind: 'Pod', field: 'spec.containers[].securityContext.allowPrivilegeEscalation', value: false }],
  'POD-14': [{ kind: 'Pod', field: 'spec.containers[].securityContext.capabilities.drop', value: ['ALL'] }],
  'POD-16': [{ kind: 'Pod', field: 'spec.securityContext.seccompProfile.type', value: 'RuntimeDefault' }],
  'POD-17': [{ kind: 'Pod', field: 'spec.securityContext.appArmorProfile.type', value: 'RuntimeDefault' }],
  'POD-18': [{ kind: 'Pod', field: 'spec.securityContext.seLinuxOptions.type', value: SELINUX_CONTAINER_TYPE }],
  'POD-19': [{ kind: 'Pod', field: 'spec.automountServiceAccountToken', value: false }],
  'NET-07': [
    { kind: 'Pod', field: 'spec.containers[].resources.limits.cpu' },
    { kind: 'Pod', field: 'spec.containers[].resources.limits.memory' },
  ],
};

/**
 * A pod template in the shape of the guide: non-root, immutable, unprivileged, bounded. Pure: a new template, the one
 * given is left alone. A value that is there is never replaced or dropped, safe or not: an unsafe one is a finding of
 * the rule that owns it. Applied twice it changes nothing.
 *
 * Works on the wire format, after cdk8s has rendered the object: cdk8s-plus-27 knows Kubernetes 1.27 and drops newer
 * fields without a word, and manifests from elsewhere take the same way.
 */
export function hardenPodTemplate(template: PodTemplate, settings: PlatformSettings): PodTemplate {
  return { ...template, spec: hardenPodSpec(template['spec'] as PodSpec, settings) };
}

/** The specification part of `hardenPodTemplate`. */
export function hardenPodSpec(spec: PodSpec, settings: PlatformSettings): PodSpec {
  if (spec['os']?.name === 'windows') {
    return spec; // Linux-only fields are refused on Windows pods; Pod Security judges them by their own checks.
  }
  const hostNamespaces = Boolean(spec['hostNetwork'] || spec['hostPID'] || spec['hostIPC']);
  const securityContext = podSecurityContext(spec['securityContext'] as PodSpec | undefined, settings);
  const harden = (container: ContainerSpec): ContainerSpec => hardenContainer(container, securityContext);
  const lists = Object.fromEntries(
    ['containers', 'initContainers']
      .filter((list) => Array.isArray(spec[list]))
      .map((list) => [list, (spec[list] as ContainerSpec[]).map(harden)]),
  );
  return {
    ...omitFalse(spec, ['hostNetwork', 'hostPID', 'hostIPC']),
    automountServiceAccountToken: spec['automountServiceAccountToken'] ?? false,
    enableServiceLinks: spec['enableServiceLinks'] ?? false,
    ...(settings.nodes.userNamespaces && !hostNamespaces ? { hostUsers: spec['hostUsers'] ?? false } : {}),
    ...(settings.priorityClassName === undefined ? {} : { priorityClassName: spec['priorityClassName'] ?? settings.priorityClassName }),
    securityContext,
    ...withTmp(lists, (spec['volumes'] as PodSpec[] | undefined) ?? []),
  };
}

function podSecurityContext(given: PodSpec | undefined, settings: PlatformSettings): PodSpec {
  return {
    ...(settings.nodes.lsm === 'apparmor' ? { appArmorProfile: { type: 'RuntimeDefault' } } : {}),
    fsGroup: DEFAULT_GROUP,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: DEFAULT_GROUP,
    runAsNonRoot: true,
    runAsUser: DEFAULT_USER,
    ...(settings.nodes.lsm === 'selinux' ? { seLinuxOptions: { type: SELINUX_CONTAINER_TYPE } } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
    supplementalGroupsPolicy: 'Strict', // every supported minor has the field (on by default since 1.33)
    ...defined(given),
  };
}

function hardenContainer(container: ContainerSpec, pod: PodSpec): ContainerSpec {
  const given = defined(container['securityContext'] as ContainerSpec | undefined);
  const { requests, limits, ...resources } = (container['resources'] ?? {}) as ContainerSpec;
  return {
    ...container,
    imagePullPolicy: container['imagePullPolicy'] ?? 'Always',
    resources: {
      ...resources,
      // One of the two given means both: a default must not lie on the wrong side of what the user wrote.
      requests: { ...DEFAULT_RESOURCES.requests, ...limits, ...requests },
      limits: { ...DEFAULT_RESOURCES.limits, ...requests, ...limits },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: pod['runAsGroup'],
      runAsNonRoot: pod['runAsNonRoot'],
      runAsUser: pod['runAsUser'],
      seccompProfile: pod['seccompProfile'],
      ...given,
      capabilities: capabilities(given['capabilities'] as ContainerSpec | undefined),
    },
  };
}

/** `drop: [ALL]` and the user's additions, under the names that manifests use: cdk8s-plus-27 writes `CAP_NET_RAW`. */
function capabilities(given: ContainerSpec | undefined): ContainerSpec {
  const add = ((given?.['add'] as string[] | undefined) ?? []).map((capability) => capability.replace(/^CAP_/, ''));
  return { drop: ['ALL'], ...(add.length > 0 ? { add } : {}) };
}

/** Gives every container without a mount at `/tmp` a small one of its own. */
function withTmp(lists: Record<string, ContainerSpec[]>, volumes: PodSpec[]): PodSpec {
  const added: PodSpec[] = [];
  const mounted = Object.entries(lists).map(([list, containers]) => [
    list,
    containers.map((container) => {
      const mounts = (container['volumeMounts'] as ContainerSpec[] | undefined) ?? [];
      const writable = container['securityContext'].readOnlyRootFilesystem === false;
      if (writable || mounts.some((mount) => mount['mountPath'] === '/tmp')) {
        return container;
      }
      const name = `tmp-${container['name']}`.slice(0, 63).replace(/-+$/, '');
      added.push({ name, emptyDir: { sizeLimit: DEFAULT_TMP_SIZE } });
      return { ...container, volumeMounts: [...mounts, { name, mountPath: '/tmp' }] };
    }),
  ]);
  const all = [...volumes, ...added];
  return { ...Object.fromEntries(mounted), ...(all.length > 0 ? { volumes: all } : {}) };
}

/** CIS 5.2.3–5.2.5 report these fields when they are present, even as false. */
function omitFalse(spec: PodSpec, fields: readonly string[]): PodSpec {
  return Object.fromEntries(Object.entries(spec).filter(([field, value]) => value !== false || !fields.includes(field)));
}

function defined(value: PodSpec | undefined): PodSpec {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined && field !== null));
}
