import { artifactsRule } from './artifacts-rule';
import { defaultsOf, totalsOf } from './compute-resources';
import { LIMIT_RANGES, RESOURCE_QUOTAS } from './match';

/** Under a quota the API server refuses pods that leave out what it counts, so a LimitRange fills that in. In every namespace. */
export const quotaDefaults = artifactsRule({
  id: 'quota-defaults',
  controls: ['NET-07', 'NET-08'],
  message: 'lets the API server refuse pods that leave something out',
  remedy: 'add a LimitRange of type Container to the namespace, with `default` and `defaultRequest` for cpu and memory',
  problems: (inventory) =>
    inventory.namespaces.flatMap((namespace) => {
      const given = defaultsOf(namespace.of(LIMIT_RANGES));
      return namespace.of(RESOURCE_QUOTAS).flatMap((manifest) => {
        const missing = totalsOf(manifest).filter((total) => !given.has(total));
        return missing.length > 0 ? [{ manifest, found: `no default for ${missing.join(', ')}` }] : [];
      });
    }),
});
