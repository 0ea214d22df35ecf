import { groupOf, recordOf } from '../manifest';
import type { KubeObject } from '../manifest';

/** Kinds whose `spec.scaleTargetRef` names what they set the replicas of. */
const SCALERS = ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject'];

/** Where controllers such as cert-manager's write their certificate authority, if the object has such a place. */
const CA_BUNDLES: Readonly<Record<string, (object: KubeObject) => string[]>> = {
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': () => ['webhooks[*].clientConfig.caBundle'],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': () => ['webhooks[*].clientConfig.caBundle'],
  'apiregistration.k8s.io/APIService': () => ['spec.caBundle'],
  'apiextensions.k8s.io/CustomResourceDefinition': ({ spec }) =>
    recordOf(recordOf(spec?.conversion)['webhook'])['clientConfig'] === undefined ? [] : ['spec.conversion.webhook.clientConfig.caBundle'],
};

/**
 * Fields of objects that a controller of the cluster writes, so that Pulumi must not write them back: the replicas of what is
 * scaled by load, and the certificate authority of webhooks and served APIs (pulumi-kubernetes#2542, #2210).
 */
export class ControllerFields {
  private readonly scaled: ReadonlySet<string>;

  public constructor(objects: readonly KubeObject[]) {
    this.scaled = new Set(
      objects
        .filter((object) => SCALERS.includes(kindOf(object)))
        .map(({ metadata, spec }) => target(metadata.namespace, spec?.scaleTargetRef)),
    );
  }

  /** Paths of the fields, as `ignoreChanges` names them. */
  public of(object: KubeObject): string[] {
    const key = kindOf(object);
    const caBundles = Object.hasOwn(CA_BUNDLES, key) ? CA_BUNDLES[key]?.(object) : undefined;
    const isScaled = this.scaled.has(target(object.metadata.namespace, { kind: object.kind, name: object.metadata.name }));
    return [...(caBundles ?? []), ...(isScaled ? ['spec.replicas'] : [])];
  }
}

function kindOf(object: KubeObject): string {
  return `${groupOf(object)}/${object.kind}`;
}

/** KEDA leaves the kind out where it is a Deployment. */
function target(namespace: string | undefined, reference: unknown): string {
  const { kind = 'Deployment', name } = recordOf(reference);
  return `${namespace}/${kind}/${name}`;
}
