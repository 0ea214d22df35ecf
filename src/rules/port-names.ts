import { containersOf, LabelSelector, recordOf, recordsOf, textOf } from '../manifest';
import type { ContainerSpec } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import type { Problem } from './artifacts-rule';
import type { Inventory, Workload } from './inventory';
import { SERVICES } from './match';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const PROBE_HANDLERS = ['httpGet', 'tcpSocket'] as const;

/** A port that is named is a port that a container has: in probes, and where a Service leads to. */
export const portNames = artifactsRule({
  id: 'port-names',
  controls: ['NET-04'],
  message: 'names a port that no container has',
  remedy: 'give the container a port of this name, or write the number',
  problems: (inventory) => [...inventory.workloads.flatMap(probeProblems), ...serviceProblems(inventory)],
});

function probeProblems({ manifest, spec }: Workload): Problem[] {
  return containersOf(spec).flatMap((container) => {
    const names = new Set(portNamesOf(container));
    const ports = PROBES.flatMap((probe) =>
      PROBE_HANDLERS.map((handler) => recordOf(recordOf(container[probe])[handler])['port'] as unknown),
    );
    return [...new Set(ports.flatMap(named))]
      .filter((port) => !names.has(port))
      .map((port) => ({ manifest, found: port, container: textOf(container['name']) }));
  });
}

/** Only where the Service's pods are in the tree; elsewhere their ports are not known. */
function serviceProblems(inventory: Inventory): Problem[] {
  return inventory.of(SERVICES).flatMap((manifest) => {
    const { selector, ports } = recordOf(manifest.object['spec']);
    const wanted = recordsOf(ports).flatMap(({ targetPort }) => named(targetPort));
    const labels = LabelSelector.ofLabels(selector);
    if (wanted.length === 0 || labels.isEmpty) {
      return [];
    }
    const selected = inventory.namespaceOf(manifest).pods.select(labels);
    const names = new Set(selected.flatMap(({ spec }) => containersOf(spec).flatMap(portNamesOf)));
    return selected.length === 0 ? [] : wanted.filter((port) => !names.has(port)).map((port) => ({ manifest, found: port }));
  });
}

/** A port by name; a number, also one that is written as text, is none. */
function named(port: unknown): string[] {
  const name = textOf(port);
  return name === undefined || /^\d+$/.test(name) ? [] : [name];
}

function portNamesOf(container: ContainerSpec): string[] {
  return recordsOf(container['ports']).flatMap(({ name }) => textOf(name) ?? []);
}
