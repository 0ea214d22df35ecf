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
  const template = spread(hardenPodTemplate(merge(podTemplateOf(manifest) ?? {}, workload, options), settings), manifest, workload.name);
  const claims = options.storage ?? [];
  const labels = objectMetadata(workload, { name: workload.name, component: 'storage' }).labels;
  const rendered = withTemplate(manifest, template);
  return claims.length === 0 ? rendered : { ...rendered, spec: { ...rendered['spec'], volumeClaimTemplates: claims.map((claim) => claim._claimTemplate(labels)) } };
}

/** The template with what the hardened containers, the storage and the service account add to it. */
function merge(template: PodTemplate, workload: kplus.Workload, options: WorkloadHardeningOptions): PodTemplate {
  const spec = template['spec'] as PodSpec;
  const patches = new Map(options.containers.map((container) => [container.name, container._patch()]));
  const token = workload.serviceAccount instanceof LeastPrivilegeServiceAccount && workload.serviceAccount.needsApi ? apiTokenVolume(workload.serviceAccount) : undefined;
  const storage = (options.storage ?? []).map((claim) => claim._mount());
  const stored = new Set(storage.map((mount) => mount['mountPath']));
  const mergeContainer = (container: ContainerSpec, index: number): ContainerSpec => {
    const patch = patches.get(container['name'] as string)?.container ?? {};
    const own = [...((container['volumeMounts'] as ContainerSpec[]) ?? []), ...((patch['volumeMounts'] as ContainerSpec[]) ?? [])];
    const first = index === 0;
    const mounts = [...own.filter((mount) => !(first && stored.has(mount['mountPath']))), ...(first ? storage : []), ...(token ? [token.mount] : [])];
    const resources = patch['resources'] as ContainerSpec | undefined;
    return { ...container, ...patch, ...(resources ? { resources } : {}), ...(mounts.length > 0 ? { volumeMounts: mounts } : {}) };
  };
  const containers = (spec['containers'] as ContainerSpec[]).map(mergeContainer);
  const initContainers = (spec['initContainers'] as ContainerSpec[] | undefined)?.map((container) => mergeContainer(container, -1));
  const mounted = new Set([...containers, ...(initContainers ?? [])].flatMap((container) => ((container['volumeMounts'] as ContainerSpec[]) ?? []).map((mount) => mount['name'])));
  const added = [...[...patches.values()].flatMap((patch) => patch.volumes), ...(token ? [token.volume] : [])];
  const volumes = [...((spec['volumes'] as PodSpec[]) ?? []), ...new Map(added.map((volume) => [volume['name'], volume])).values()].filter(
    (volume) => mounted.has(volume['name']) || !added.includes(volume),
  );
  const metadata = template['metadata'] as ContainerSpec;
  const annotations = { ...metadata['annotations'], ...Object.assign({}, ...[...patches.values()].map((patch) => patch.annotations)) };
  const { [ADDRESS_LABEL]: _address, ...labels } = metadata['labels'] as Record<string, string>;
  return {
    ...template,
    metadata: { ...metadata, labels, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: { ...spec, containers, ...(initContainers ? { initContainers } : {}), ...(volumes.length > 0 ? { volumes } : {}) },
  };
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
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } }],
        },
        ...spec['affinity'],
      },
      topologySpreadConstraints: spec['topologySpreadConstraints'] ?? [
        { labelSelector, maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    },
  };
}
