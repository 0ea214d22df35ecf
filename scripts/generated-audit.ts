import { AUDIT_PROFILES, auditLoads, auditPolicy, auditVolume } from '../src';
import type { ClusterActivity } from '../src';

/** Clusters at work, for the estimate in the docs. */
const CLUSTERS: Readonly<Record<string, ClusterActivity>> = {
  small: { nodes: 5, pods: 100, podStartsPerHour: 60, operators: 5, readsPerSecond: 0.5 },
  medium: { nodes: 50, pods: 1500, podStartsPerHour: 600, operators: 15, readsPerSecond: 5 },
  large: { nodes: 500, pods: 15_000, podStartsPerHour: 6000, operators: 30, readsPerSecond: 30 },
};

/** What each profile writes in clusters of several sizes, for `docs/audit.md`. */
export function auditVolumeTable(): string {
  const rows = Object.entries(CLUSTERS).flatMap(([name, cluster]) =>
    AUDIT_PROFILES.map((profile) => {
      const volume = auditVolume(auditPolicy({ profile, minor: '1.36', secretLike: [], requestReceived: false }), auditLoads(cluster));
      const { nodes, pods, podStartsPerHour, operators, readsPerSecond } = cluster;
      const cells = [
        `${name}: ${nodes} nodes, ${pods} pods, ${podStartsPerHour} pod starts an hour, ${operators} operators, ${readsPerSecond} reads a second`,
        `\`${profile}\``,
        number(volume.eventsPerSecond),
        `${number(volume.bytesPerSecond / 1024)} KiB`,
        number(volume.hoursUntilRotation),
        number(volume.hoursKept),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
  return [
    '| cluster | profile | events/s | per second | hours until rotation | hours on the node |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Two digits that count; an estimate has no more. */
function number(value: number): string {
  return String(Number(value.toPrecision(2)));
}
