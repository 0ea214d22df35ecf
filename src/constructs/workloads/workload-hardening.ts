import { ApiObject } from 'cdk8s';
import { podTemplateOf, sortKeys } from '../../manifest';
import type { ContainerSpec, KubeObject, PodSpec, PodTemplate } from '../../manifest';
import { PlatformSettings } from '../../settings';
import { assessItself, hardenPodTemplate, rememberSource, transformOnSynth, withTemplate } from '../../synth';
import { declareWaivers } from '../../waivers';
import type { Waiver } from '../../waivers';
import { apiTokenVolume, LeastPrivilegeServiceAccount } from '../access';
import * as kplus from '../kplus';
import { INSTANCE_LABEL, objectMetadata } from '../metadata';
import type { HardenedContainer } from './hardened-container';
import type { PersistentStorage } from './persistent-storage';

const WORKLOAD_HARDENING = Symbol.for('cdk8s-hardened.workload-hardening');

/** Label that cdk8s-plus puts on every pod: a hash of the construct's path, so it changes when the construct moves. */
const ADDRESS_LABEL = kplus.Pod.ADDRESS_LABEL;

/** What differs between the kinds of workload. */
export interface WorkloadHardeningOptions {
  readonly containers: readonly HardenedContainer[];
  readonly waivers?: readonly Waiver[];
  /** Fields of the pod's `securityContext` that cdk8s-plus-27 does not know. */
  readonly securityContext: Readonly<Record<string, object>>;
  /** Volumes that outlive the pod (StatefulSet). */
  readonly storage?: readonly PersistentStorage[];
}

/**
 * Makes sure that a cdk8s-plus workload has an identity of its own and renders in the hardened shape. Runs where the
 * object has been rendered (`ApiObject.toJson`), so containers that are added later are covered too.
 */
export function hardenWorkload(workload: kplus.Workload, options: WorkloadHardeningOptions): void {
  const object = ApiObject.of(workload);
  rememberSource(workload);
  ownServiceAccount(workload);
  transformOnSynth(object, WORKLOAD_HARDENING, (manifest) => {
    const rendered = render(manifest, workload, options);
    return { ...rendered, spec: sortKeys(rendered['spec'] as PodSpec) };
  });
  declareWaivers(workload, () => (options.waivers ?? []).map((waiver) => waiver.forObject(object.toJson() as KubeObject)));
  assessItself(workload);
}

/** A service account of its own, without rights and without token, for a workload that names none (AUTH-10). */
function ownServiceAccount(workload: kplus.Workload): void {
  if (workload.serviceAccount === undefined) {
    const serviceAccount = new LeastPrivilegeServiceAccount(workload, 'service-account', {
      metadata: { name: workload.name, namespace: workload.metadata.namespace },
    });
    // `serviceAccount` is readonly for users of the class; cdk8s-plus reads it only when it renders.
    Object.assign(workload, { serviceAccount });
  }
}

function render(manifest: KubeObject, workload: kplus.Workload, options: WorkloadHardeningOptions): KubeObject {
  const settings = PlatformSettings.of(workload);
  const merged = mergeAdditions(withoutAddress(podTemplateOf(manifest) ?? {}), additionsOf(workload, options));
  const rendered = withTemplate(manifest, spread(hardenPodTemplate(merged, settings), manifest, workload.name));
  const claims = options.storage ?? [];
  if (claims.length === 0) {
    return rendered;
  }
  const { labels } = objectMetadata(workload, { name: workload.name, component: 'storage' });
  return { ...rendered, spec: { ...rendered['spec'], volumeClaimTemplates: claims.map((claim) => claim._claimTemplate(labels)) } };
}

/** What is added to the pod that cdk8s-plus has rendered. */
interface Additions {
  /** Fields of containers, by container name. */
  readonly containers: ReadonlyMap<string, ContainerSpec>;
  readonly volumes: readonly PodSpec[];
  readonly annotations: Record<string, string>;
  /** Fields of the pod's `securityContext`. */
  readonly securityContext: Readonly<Record<string, object>>;
  /** Mounts of every container. */
  readonly mounts: readonly ContainerSpec[];
  /** Mounts of the first container, in place of others at the same path. */
  readonly storage: readonly ContainerSpec[];
}

function additionsOf(workload: kplus.Workload, { containers, securityContext, storage = [] }: WorkloadHardeningOptions): Additions {
  const patches = containers.map((container) => [container.name, container._patch()] as const);
  const account = workload.serviceAccount;
  const token = account instanceof LeastPrivilegeServiceAccount && account.needsApi ? apiTokenVolume(account) : undefined;
  return {
    containers: new Map(patches.map(([name, patch]) => [name, patch.container])),
    volumes: [...patches.flatMap(([, patch]) => patch.volumes), ...(token ? [token.volume] : [])],
    annotations: Object.assign({}, ...patches.map(([, patch]) => patch.annotations)) as Record<string, string>,
    securityContext,
    mounts: token ? [token.mount] : [],
    storage: storage.map((claim) => claim._mount()),
  };
}

/** The pod template without the label whose value depends on where the construct is. */
function withoutAddress(template: PodTemplate): PodTemplate {
  const { [ADDRESS_LABEL]: _address, ...labels } = template['metadata'].labels as Record<string, string>;
  return { ...template, metadata: { ...template['metadata'], labels } };
}

/** The template with the additions. Pure. */
function mergeAdditions(template: PodTemplate, additions: Additions): PodTemplate {
  const spec = template['spec'] as PodSpec;
  const containers = listOf(spec, 'containers').map((container, index) => mergeContainer(container, additions, index === 0));
  const initContainers = listOf(spec, 'initContainers').map((container) => mergeContainer(container, additions, false));
  const mounted = new Set(
    [...containers, ...initContainers].flatMap((container) => listOf(container, 'volumeMounts').map((mount) => mount['name'])),
  );
  // Two containers may share a Secret; storage may have taken the place of an emptyDir.
  const added = new Map(additions.volumes.filter((volume) => mounted.has(volume['name'])).map((volume) => [volume['name'], volume]));
  const annotations = { ...template['metadata'].annotations, ...additions.annotations } as Record<string, string>;
  return {
    ...template,
    metadata: { ...template['metadata'], ...given('annotations', annotations) },
    spec: {
      ...spec,
      containers,
      ...given('securityContext', { ...spec['securityContext'], ...additions.securityContext }),
      ...given('initContainers', initContainers),
      ...given('volumes', [...listOf(spec, 'volumes'), ...added.values()]),
    },
  };
}

function mergeContainer(container: ContainerSpec, { containers, mounts, storage }: Additions, first: boolean): ContainerSpec {
  const patch = containers.get(container['name'] as string) ?? {};
  const replaced = new Set(first ? storage.map((mount) => mount['mountPath']) : []);
  const own = [...listOf(container, 'volumeMounts'), ...listOf(patch, 'volumeMounts')].filter((mount) => !replaced.has(mount['mountPath']));
  const securityContext = { ...container['securityContext'], ...patch['securityContext'] } as object;
  return {
    ...container,
    ...patch,
    ...given('securityContext', securityContext),
    ...given('volumeMounts', [...own, ...(first ? storage : []), ...mounts]),
  };
}

function listOf(value: ContainerSpec, field: string): ContainerSpec[] {
  return (value[field] as ContainerSpec[] | undefined) ?? [];
}

/** The field, unless it is empty. */
function given(field: string, value: object): object {
  return Object.keys(value).length > 0 ? { [field]: value } : {};
}

/** From two replicas: over the hosts, where there are enough of them. What the user scheduled stays. */
function spread(template: PodTemplate, manifest: KubeObject, name: string): PodTemplate {
  const several = ['Deployment', 'StatefulSet'].includes(manifest.kind) && (manifest['spec'].replicas ?? Infinity) >= 2;
  if (!several) {
    return template;
  }
  const labelSelector = { matchLabels: { [INSTANCE_LABEL]: name } };
  const spec = template['spec'] as PodSpec;
  return {
    ...template,
    spec: {
      ...spec,
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } },
          ],
        },
        ...spec['affinity'],
      },
      topologySpreadConstraints: spec['topologySpreadConstraints'] ?? [
        { labelSelector, maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    },
  };
}
