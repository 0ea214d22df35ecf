import { AUDIT_LEVELS, auditLevel } from '../../rules';
import type { AuditLevel, AuditPolicy, AuditRequest } from '../../rules';
import { DEFAULT_AUDIT_LOG } from './audit-section';
import type { AuditLog } from './audit-section';
import { AUDIT_SIZES, AUDIT_TRUNCATED_ABOVE } from './audit-sizes';

/** Requests of one kind, and how often they come. */
export interface AuditLoad {
  /** What they are: `renews the lease of a node`. */
  readonly what: string;
  readonly request: AuditRequest;
  readonly perSecond: number;
  /** Whether the answer lasts (watch, exec), so that there is an event when it begins, too. @default false */
  readonly longRunning?: boolean;
  /** Body of the request, in bytes of JSON. @default 0 */
  readonly requestBytes?: number;
  /** Body of the answer, in bytes of JSON. @default 0 */
  readonly responseBytes?: number;
}

/** How much is written. All API servers together: with three behind a balancer, each writes a third. */
export interface AuditVolume {
  readonly eventsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Until the file is rotated. */
  readonly hoursUntilRotation: number;
  /** Until the oldest event is removed, by number of files or by age. What is to be kept longer must be elsewhere by then. */
  readonly hoursKept: number;
}

/** What a policy writes of these requests, with the sizes of `AUDIT_SIZES`. An estimate, for the size of disks and sinks. */
export function auditVolume(policy: AuditPolicy, loads: readonly AuditLoad[], log: AuditLog = DEFAULT_AUDIT_LOG): AuditVolume {
  const events = loads.map((load) => eventsOf(policy, load, log));
  const eventsPerSecond = sum(events.map((sizes, index) => sizes.length * perSecond(loads, index)));
  const bytesPerSecond = sum(events.map((sizes, index) => sum(sizes) * perSecond(loads, index)));
  const hoursUntilRotation = (log.maxSizeMb * 1024 * 1024) / bytesPerSecond / 3600;
  return {
    eventsPerSecond,
    bytesPerSecond,
    hoursUntilRotation,
    hoursKept: Math.min(hoursUntilRotation * (log.maxBackups + 1), log.maxAgeDays * 24),
  };
}

/** Sizes of the events of one request. Bodies come with the last one; before, the request is not decoded or not answered. */
function eventsOf(
  policy: AuditPolicy,
  { request, longRunning = false, requestBytes = 0, responseBytes = 0 }: AuditLoad,
  log: AuditLog,
): number[] {
  const { level, stages } = auditLevel(policy, request);
  const bodies = (isAtLeast(level, 'Request') ? requestBytes : 0) + (isAtLeast(level, 'RequestResponse') ? responseBytes : 0);
  const whole = AUDIT_SIZES.metadata + bodies;
  const last = log.truncate && whole > AUDIT_TRUNCATED_ABOVE ? AUDIT_SIZES.metadata : whole;
  return stages.flatMap((stage) => {
    if (stage === 'Panic' || (stage === 'ResponseStarted' && !longRunning)) {
      return [];
    }
    return [stage === 'ResponseComplete' ? last : AUDIT_SIZES.metadata];
  });
}

function isAtLeast(level: AuditLevel, other: AuditLevel): boolean {
  return AUDIT_LEVELS.indexOf(level) >= AUDIT_LEVELS.indexOf(other);
}

function perSecond(loads: readonly AuditLoad[], index: number): number {
  return loads[index]?.perSecond ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
