import { API_GROUP_PROBLEM_REMEDY, apiGroupProblem } from '../../rules';
import type { NodeFileProblem } from '../../rules';
import type { AuditProfile, SecretLikeResources } from './audit-profiles';
import { webhookUrlProblem } from '../webhook-kubeconfig';

/**
 * What the API server does with a request while its event is written to the file: waits (`blocking`), goes on (`batch`; events
 * above 10,000 that wait are lost), or refuses it when the event cannot be written (`blocking-strict`).
 */
export const AUDIT_LOG_MODES = ['blocking', 'blocking-strict', 'batch'] as const;
export type AuditLogMode = (typeof AUDIT_LOG_MODES)[number];

/** Props of `AuditLogging`. */
export interface AuditLoggingProps {
  /** @default 'nsa' */
  readonly profile?: AuditProfile;
  /**
   * Resources of your own definitions that hold credentials in clear: no body of them is recorded, as of Secrets. Resources
   * that only refer to a Secret, or hold it encrypted, need not be here.
   *
   * @default - none
   */
  readonly secretLike?: readonly SecretLikeResources[];
  /** @default - 30 days, 10 files of 100 megabytes, compressed; for root alone */
  readonly log?: AuditLogProps;
  /**
   * Sends events to another system too (LOG-04). It must be reachable from the control plane, and not run in this cluster.
   *
   * @default - the file is all
   */
  readonly webhook?: AuditWebhookProps;
}

/** The file of events. The defaults are the least that CIS 1.2.17–1.2.19 take. */
export interface AuditLogProps {
  /**
   * Days after which a rotated file is removed.
   *
   * @default 30
   */
  readonly maxAgeDays?: number;
  /**
   * Rotated files that are kept: under load they bound the time that is kept, whatever the days say.
   *
   * @default 10
   */
  readonly maxBackups?: number;
  /**
   * Size at which a file is rotated, in megabytes.
   *
   * @default 100
   */
  readonly maxSizeMb?: number;
  /** @default true */
  readonly compress?: boolean;
  /**
   * Whether requests wait until their event is written. With `blocking-strict` a request whose event cannot be written is
   * refused: nothing goes unseen, and a full disk stops the API. It records requests when they come in, too.
   *
   * @default 'blocking'
   */
  readonly mode?: AuditLogMode;
  /**
   * Whether an event above 100 KiB is written without its bodies, so that no agent chokes on it. Who pads an object hides it
   * that way, but not the padding: alert on the annotation `audit.k8s.io/truncated`.
   *
   * @default true
   */
  readonly truncate?: boolean;
  /**
   * Number of the group that may read the file, for a log agent that is not root.
   *
   * @default - root alone
   */
  readonly readerGroup?: number;
}

/** The system that events are sent to. */
export interface AuditWebhookProps {
  /** `https` URL that takes lists of `audit.k8s.io/v1` events, such as `https://audit.example.com/kubernetes`: no user, query or fragment. */
  readonly server: string;
  /**
   * Whether the API server shows a client certificate: `client.crt` and `client.key`, which the operator puts beside
   * `ca.crt` into the folder of the policy, on every control-plane node.
   *
   * @default true
   */
  readonly clientCertificate?: boolean;
  /**
   * Events that wait when the system is down; what comes on top is lost to it.
   *
   * @default 10000
   */
  readonly bufferSize?: number;
}

/** What cannot be represented in a policy or in flags, and so is no matter for a rule. */
export function auditPropsProblems({ secretLike = [], log = {}, webhook }: AuditLoggingProps): NodeFileProblem[] {
  const server = webhook && webhookUrlProblem(webhook.server);
  return [
    ...secretLike.flatMap(secretLikeProblems),
    ...(['maxAgeDays', 'maxBackups', 'maxSizeMb', 'readerGroup'] as const).flatMap((name) => countProblems(`log.${name}`, log[name])),
    ...countProblems('webhook.bufferSize', webhook?.bufferSize),
    ...(server === undefined
      ? []
      : [
          {
            field: 'webhook.server',
            message: server, // without the URL: there may be a password in it
            control: 'LOG-04' as const,
            remedy: 'write an https URL with host and path only, such as https://audit.example.com/kubernetes',
          },
        ]),
  ];
}

/** Plural of a resource, as it stands in URLs. */
export const RESOURCE_PLURAL = /^[a-z][a-z0-9-]*$/;

function secretLikeProblems({ group, resources }: SecretLikeResources, index: number): NodeFileProblem[] {
  const field = `secretLike[${index}]`;
  const groupProblem = apiGroupProblem(group);
  const wrong = resources.filter((name) => !RESOURCE_PLURAL.test(name));
  return [
    ...(groupProblem === undefined
      ? []
      : [{ field: `${field}.group`, message: groupProblem, control: 'LOG-03' as const, remedy: API_GROUP_PROBLEM_REMEDY }]),
    ...(resources.length > 0 && wrong.length === 0
      ? []
      : [
          {
            field: `${field}.resources`,
            message: resources.length === 0 ? 'is empty' : `'${wrong.join("', '")}' is not the plural of a resource`,
            control: 'LOG-03' as const,
            remedy: 'write plurals in lower case, such as `dynamicsecrets`; subresources come with them, and `*` is not possible',
          },
        ]),
  ];
}

function countProblems(field: string, value: number | undefined): NodeFileProblem[] {
  return value === undefined || (Number.isInteger(value) && value >= 1)
    ? []
    : [
        {
          field,
          message: `${value} is no whole number above 0`,
          control: field.startsWith('webhook') ? 'LOG-04' : 'LOG-02',
          remedy: 'write one, or leave it out for the default',
        },
      ];
}
