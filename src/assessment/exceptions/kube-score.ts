import type { KubeObject } from '../../manifest';
import { checksOf } from './exception';
import type { ObjectWaiver } from '../waivers-in-force';

const IGNORE = 'kube-score/ignore';

/** kube-score: one annotation with a list of checks, after those that the object has there already. */
export function kubeScoreAnnotations(waivers: readonly ObjectWaiver[], object: KubeObject): Record<string, string> {
  const checks = waivers.flatMap((waiver) => checksOf(waiver, 'kubeScore'));
  const own = object.metadata.annotations?.[IGNORE]?.split(',').map((check) => check.trim()) ?? [];
  return checks.length === 0 ? {} : { [IGNORE]: [...new Set([...own, ...checks.sort()])].join(',') };
}
