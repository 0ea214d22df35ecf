import type { ApiObject } from 'cdk8s';
import { transformOnSynth, withoutForeignNamespace } from '../synth';

const CLUSTER_SCOPED = Symbol.for('cdk8s-hardened.cluster-scoped');

/** Takes away the namespace that cdk8s puts on every object of a chart, in a plain `App` too (cdk8s#2170). */
export function clusterScoped(object: ApiObject): void {
  transformOnSynth(object, CLUSTER_SCOPED, withoutForeignNamespace);
}
