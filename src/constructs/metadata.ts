import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { dnsLabelProblem } from '../manifest';

/** Version of the posture: the defaults that hold. A stricter default arrives with the next one only. */
export const BASELINE_VERSION = '2026.1';

/** Value of `app.kubernetes.io/managed-by` on everything that is made here. */
export const MANAGED_BY = 'cdk8s';

/** The one label that selects the pods of a workload. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** What `objectMetadata` is told about an object. */
export interface ObjectMetadataProps {
  /** `metadata.name`. */
  readonly name: string;
  /** Role of the object in the application, such as `workload` or `network`. */
  readonly component: string;
  /**
   * Version of what the object belongs to.
   *
   * @default BASELINE_VERSION
   */
  readonly version?: string;
}

/** Metadata that every object made here carries: its name and the six recommended labels. */
export interface ObjectMetadata {
  readonly name: string;
  readonly labels: Record<string, string>;
}

/**
 * Name and the recommended labels (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/)
 * in one place. The namespace and the owner label come from the chart, which an `IsolatedNamespace` is. Nothing here
 * depends on the path of the construct, so that moving it changes no byte.
 */
export function objectMetadata(scope: Construct, props: ObjectMetadataProps): ObjectMetadata {
  return {
    name: props.name,
    labels: {
      'app.kubernetes.io/name': props.name,
      [INSTANCE_LABEL]: props.name,
      'app.kubernetes.io/component': props.component,
      'app.kubernetes.io/part-of': Chart.of(scope).namespace ?? props.name,
      'app.kubernetes.io/version': props.version ?? BASELINE_VERSION,
      'app.kubernetes.io/managed-by': MANAGED_BY,
    },
  };
}

/**
 * The `metadata.name` of a construct: its id, never a hash of its path.
 *
 * @throws if the id is not a DNS label of at most `maxLength` characters
 */
export function nameFromId(scope: Construct, id: string, maxLength?: number): string {
  const problem = dnsLabelProblem(id, maxLength);
  if (problem) {
    const path = [scope.node.path, id].filter(Boolean).join('/');
    throw new Error(`[${path}] the id is the object's name: ${problem}. Give the construct another id, or 'metadata: { name }'.`);
  }
  return id;
}
