import { identityOf, sortKeys } from '../../manifest';
import type { KubeObject, Manifest } from '../../manifest';
import { objectWaivers } from '../waivers-in-force';
import type { ObjectWaiver, WaiverInForce } from '../waivers-in-force';
import { checkovAnnotations } from './checkov';
import { kubeLinterAnnotations } from './kube-linter';
import { kubeScoreAnnotations } from './kube-score';
import { polarisAnnotations } from './polaris';

/** Tools that read exceptions from annotations of the object itself; none of them needs any on its pod template. */
const ANNOTATIONS: readonly ((waivers: readonly ObjectWaiver[], object: KubeObject) => Record<string, string>)[] = [
  kubeLinterAnnotations,
  kubeScoreAnnotations,
  polarisAnnotations,
  checkovAnnotations,
];

/** The manifests, those with a waiver in force annotated for the tools. Other annotations stay. Pure. */
export function annotateExceptions(manifests: readonly Manifest[], waivers: readonly WaiverInForce[]): Manifest[] {
  const byObject = new Map<string, ObjectWaiver[]>();
  for (const waiver of objectWaivers(waivers)) {
    const identity = identityOf(waiver.object);
    byObject.set(identity, [...(byObject.get(identity) ?? []), waiver]);
  }
  return manifests.map((manifest) => {
    const own = byObject.get(identityOf(manifest.object));
    return own ? { ...manifest, object: annotate(manifest.object, own) } : manifest;
  });
}

function annotate(object: KubeObject, waivers: readonly ObjectWaiver[]): KubeObject {
  const added = Object.assign({}, ...ANNOTATIONS.map((annotations) => annotations(waivers, object))) as Record<string, string>;
  const annotations = { ...object.metadata.annotations, ...added };
  return Object.keys(added).length === 0 ? object : { ...object, metadata: sortKeys({ ...object.metadata, annotations }) };
}
