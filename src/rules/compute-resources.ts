import { recordOf, recordsOf } from '../manifest';
import type { Manifest } from '../manifest';

/**
 * The totals that a ResourceQuota can hold for cpu and memory, by the names that Kubernetes has for them. Where a quota has
 * one, the API server refuses every pod that does not say it for each of its containers.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
const TOTALS = {
  'requests.cpu': ['requests.cpu', 'cpu'],
  'requests.memory': ['requests.memory', 'memory'],
  'limits.cpu': ['limits.cpu'],
  'limits.memory': ['limits.memory'],
} as const;
export type ComputeTotal = keyof typeof TOTALS;

/** All of them. */
export const COMPUTE_TOTALS = Object.keys(TOTALS) as readonly ComputeTotal[];

/** The totals that a ResourceQuota bounds. */
export function totalsOf({ object }: Manifest): ComputeTotal[] {
  const hard = recordOf(recordOf(object['spec'])['hard']);
  return COMPUTE_TOTALS.filter((total) => TOTALS[total].some((name) => Object.hasOwn(hard, name)));
}

/** What LimitRanges give to containers that say nothing: as the totals count it. */
export function defaultsOf(limitRanges: readonly Manifest[]): ReadonlySet<ComputeTotal> {
  const items = limitRanges
    .flatMap(({ object }) => recordsOf(recordOf(object['spec'])['limits']))
    .filter(({ type }) => type === 'Container');
  return new Set(
    COMPUTE_TOTALS.filter((total) => {
      const [kind, resource] = total.split('.') as ['requests' | 'limits', string];
      return items.some((item) => DEFAULT_FIELDS[kind].some((field) => Object.hasOwn(recordOf(item[field]), resource)));
    }),
  );
}

/**
 * Fields of a LimitRange from which a container gets a value: where a default is missing, the API server takes the maximum
 * as the limit, and the limit or the minimum as the request (`SetDefaults_LimitRangeItem`).
 */
const DEFAULT_FIELDS = { requests: ['defaultRequest', 'default', 'max', 'min'], limits: ['default', 'max'] } as const;
