import { identifiersOf, isRecord, listOf, recordOf } from '../manifest';
import type { Manifest } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { COMPUTE_TOTALS, totalsOf } from './compute-resources';
import { NAMESPACES, RESOURCE_QUOTAS } from './match';

/** Every Namespace in the tree has a bound for cpu and memory, requests and limits. A quota with scopes bounds only some pods. */
export const namespaceQuota = artifactsRule({
  id: 'namespace-quota',
  controls: ['NET-08'],
  message: 'is a namespace without bounds',
  remedy: 'use IsolatedNamespace, or add a ResourceQuota without scopes that has these totals in `spec.hard`',
  problems: (inventory) =>
    inventory.of(NAMESPACES).flatMap((manifest) => {
      const quotas = inventory.namespace(identifiersOf(manifest.object).name).of(RESOURCE_QUOTAS);
      const bounded = new Set(quotas.filter(hasNoScope).flatMap(totalsOf));
      const unbounded = COMPUTE_TOTALS.filter((total) => !bounded.has(total));
      return unbounded.length > 0 ? [{ manifest, found: unbounded.join(', ') }] : [];
    }),
});

function hasNoScope({ object }: Manifest): boolean {
  const { scopes, scopeSelector } = recordOf(object['spec']);
  return listOf(scopes).length === 0 && !isRecord(scopeSelector);
}
