import { identifiersOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { defaultsOf } from './compute-resources';
import { LIMIT_RANGES, NAMESPACES } from './match';

/** Every Namespace in the tree bounds the cpu and memory of each container that says nothing of them. */
export const namespaceLimits = artifactsRule({
  id: 'namespace-limits',
  controls: ['NET-07'],
  message: 'is a namespace whose containers have no limit unless they say one',
  remedy: 'use IsolatedNamespace, or add a LimitRange of type Container with `default` for cpu and memory',
  problems: (inventory) =>
    inventory.of(NAMESPACES).flatMap((manifest) => {
      const given = defaultsOf(inventory.namespace(identifiersOf(manifest.object).name).of(LIMIT_RANGES));
      const missing = (['limits.cpu', 'limits.memory'] as const).filter((total) => !given.has(total));
      return missing.length > 0 ? [{ manifest, found: missing.join(', ') }] : [];
    }),
});
