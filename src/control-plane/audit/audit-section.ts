import type { AuditPolicy } from '../../rules';
import type { KubernetesMinor } from '../../settings';
import { auditPolicy } from './audit-profiles';
import type { AuditProfile } from './audit-profiles';
import type { AuditLoggingProps, AuditLogProps, AuditWebhookProps } from './audit-logging-props';

/** The file of events, nothing left open. */
export interface AuditLog extends Required<Omit<AuditLogProps, 'readerGroup'>> {
  /** @default - root alone reads the file */
  readonly readerGroup?: number;
}

/** The system that events are sent to, nothing left open. */
export type AuditWebhook = Required<AuditWebhookProps>;

/** What the API servers record, and where to. */
export interface AuditSection {
  readonly policy: AuditPolicy;
  readonly log: AuditLog;
  /** @default - the file is all */
  readonly webhook?: AuditWebhook;
}

/** What holds where nothing is said. */
export const DEFAULT_AUDIT_PROFILE: AuditProfile = 'nsa';
export const DEFAULT_AUDIT_LOG: AuditLog = {
  maxAgeDays: 30,
  maxBackups: 10,
  maxSizeMb: 100,
  compress: true,
  mode: 'blocking',
  truncate: true,
};
export const DEFAULT_AUDIT_WEBHOOK = { clientCertificate: true, bufferSize: 10_000 } as const;

/** The section of these props, for API servers of this minor. */
export function auditSection(props: AuditLoggingProps, minor: KubernetesMinor): AuditSection {
  const { profile = DEFAULT_AUDIT_PROFILE, secretLike = [], webhook } = props;
  const log = { ...DEFAULT_AUDIT_LOG, ...given(props.log) };
  return {
    // Only an event of the stage RequestReceived can stop a request.
    policy: auditPolicy({ profile, secretLike, minor, requestReceived: log.mode === 'blocking-strict' }),
    log,
    ...(webhook ? { webhook: { ...DEFAULT_AUDIT_WEBHOOK, ...given(webhook) } } : {}),
  };
}

/** Props that are given: an explicit `undefined` is as if it were not there. */
function given<T extends object>(props: T | undefined): T {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value !== undefined)) as T;
}
