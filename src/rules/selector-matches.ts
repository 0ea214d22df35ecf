import { podSpecOf, podTemplateOf } from '../manifest';
import type { WireObject } from '../manifest';
import { artifactsRule, byNamespace, podLabelsOf, selects } from './artifacts-rule';

/** Where the selector of a Service, a PodDisruptionBudget or a NetworkPolicy lies. */
const SELECTORS: Readonly<Record<string, (spec: WireObject) => Record<string, string> | undefined>> = {
  Service: (spec) => spec['selector'] as Record<string, string> | undefined,
  PodDisruptionBudget: (spec) => spec['selector']?.matchLabels as Record<string, string> | undefined,
  NetworkPolicy: (spec) => spec['podSelector']?.matchLabels as Record<string, string> | undefined,
};

/** In a namespace that the tree makes, what selects pods selects some: a misspelt label protects nothing. */
export const selectorMatches = artifactsRule({
  id: 'selector-matches',
  controls: ['NET-04'],
  message: 'selects pods that nothing here makes',
  remedy: 'select a workload of the namespace (`selector: workload`); its label is app.kubernetes.io/instance',
  problems: ({ artifacts }) => {
    const groups = byNamespace(artifacts.manifests);
    const made = new Set(artifacts.manifests.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name));
    return artifacts.manifests.flatMap((manifest) => {
      const { kind, metadata, spec } = manifest.object;
      const namespace = metadata.namespace ?? '';
      const selector = made.has(namespace) && Object.hasOwn(SELECTORS, kind) ? SELECTORS[kind]?.((spec ?? {}) as WireObject) : undefined;
      const found = (groups.get(namespace) ?? []).some(
        ({ object }) => podSpecOf(object) !== undefined && selects(selector, podLabelsOf(podTemplateOf(object), object)),
      );
      return selector !== undefined && !found ? [{ manifest, found: JSON.stringify(selector) }] : [];
    });
  },
});
