import { containersOf, podSpecOf, podTemplateOf } from '../manifest';
import type { ContainerSpec, Manifest } from '../manifest';
import { artifactsRule, byNamespace, podLabelsOf, selects } from './artifacts-rule';
import type { Problem } from './artifacts-rule';

/** A port that is named is a port that a container has: in probes, and where a Service leads to. */
export const portNames = artifactsRule({
  id: 'port-names',
  controls: ['NET-04'],
  message: 'names a port that no container has',
  remedy: 'give the container a port of this name, or write the number',
  problems: ({ artifacts }) => {
    const groups = byNamespace(artifacts.manifests);
    return artifacts.manifests.flatMap((manifest) => [...probeProblems(manifest), ...serviceProblems(manifest, groups)]);
  },
});

function probeProblems(manifest: Manifest): Problem[] {
  return containersOf(podSpecOf(manifest.object) ?? {}).flatMap((container) => {
    const names = portNamesOf(container);
    const named = ['livenessProbe', 'readinessProbe', 'startupProbe'].map(
      (probe) => container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port,
    );
    return [...new Set(named)]
      .filter((port) => typeof port === 'string' && !/^\d+$/.test(port) && !names.includes(port))
      .map((port) => ({ manifest, found: String(port), container: String(container['name']) }));
  });
}

/** Only where the Service's pods are in the tree; elsewhere their ports are not known. */
function serviceProblems(manifest: Manifest, groups: ReadonlyMap<string, readonly Manifest[]>): Problem[] {
  const { kind, metadata, spec } = manifest.object;
  if (kind !== 'Service' || !spec?.selector) {
    return [];
  }
  const selected = (groups.get(metadata.namespace ?? '') ?? []).filter(
    ({ object }) =>
      podSpecOf(object) !== undefined && selects(spec.selector as Record<string, string>, podLabelsOf(podTemplateOf(object), object)),
  );
  const names = selected.flatMap(({ object }) => containersOf(podSpecOf(object) ?? {}).flatMap(portNamesOf));
  return ((spec.ports ?? []) as ContainerSpec[])
    .map((port) => port['targetPort'] as unknown)
    .filter((port) => selected.length > 0 && typeof port === 'string' && !/^\d+$/.test(port) && !names.includes(port))
    .map((port) => ({ manifest, found: String(port) }));
}

function portNamesOf(container: ContainerSpec): string[] {
  return ((container['ports'] ?? []) as { name?: string }[]).flatMap(({ name }) => (name === undefined ? [] : [name]));
}
