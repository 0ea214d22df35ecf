import { DEFAULT_SERVICE_ACCOUNT, podSpecOf, podTemplateOf, recordOf, stringMapOf, textOf } from '../../manifest';
import type { Labels, Manifest, PodSpec } from '../../manifest';

/** Something that makes pods. */
export interface Workload {
  readonly manifest: Manifest;
  /** Labels of its pods. */
  readonly labels: Labels;
  readonly spec: PodSpec;
  /** Name of the service account that its pods run as. */
  readonly serviceAccount: string;
}

/** What the manifest makes pods of, if it does. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const spec = podSpecOf(manifest.object);
  return (
    spec && {
      manifest,
      labels: stringMapOf(recordOf(podTemplateOf(manifest.object)?.['metadata'])['labels']),
      spec,
      serviceAccount: textOf(spec['serviceAccountName']) ?? DEFAULT_SERVICE_ACCOUNT,
    }
  );
}
