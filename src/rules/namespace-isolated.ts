import type { KubeObject } from '../manifest';
import { artifactsRule, byNamespace } from './artifacts-rule';

/** Every Namespace in the tree comes with a policy that denies both ways, a quota and limits. */
export const namespaceIsolated = artifactsRule({
  id: 'namespace-isolated',
  controls: ['NET-03', 'NET-08'],
  message: 'is a namespace without isolation',
  remedy: 'use IsolatedNamespace, which brings default-deny, ResourceQuota and LimitRange',
  problems: ({ artifacts }) => {
    const groups = byNamespace(artifacts.manifests);
    return artifacts.manifests
      .filter(({ object }) => object.kind === 'Namespace')
      .flatMap((manifest) => {
        const objects = (groups.get(manifest.object.metadata.name) ?? []).map(({ object }) => object);
        const missing = [
          ...(objects.some(deniesAll) ? [] : ['NetworkPolicy that denies both ways']),
          ...['ResourceQuota', 'LimitRange'].filter((kind) => !objects.some((object) => object.kind === kind)),
        ];
        return missing.length > 0 ? [{ manifest, found: `no ${missing.join(', no ')}` }] : [];
      });
  },
});

function deniesAll({ kind, spec }: KubeObject): boolean {
  return (
    kind === 'NetworkPolicy' &&
    Object.keys((spec?.podSelector ?? {}) as object).length === 0 &&
    ['Ingress', 'Egress'].every((type) => ((spec?.policyTypes ?? []) as string[]).includes(type)) &&
    ((spec?.ingress ?? []) as unknown[]).length === 0 &&
    ((spec?.egress ?? []) as unknown[]).length === 0
  );
}
