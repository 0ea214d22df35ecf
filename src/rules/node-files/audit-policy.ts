/** How much of a request is recorded, the least first. */
export const AUDIT_LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export type AuditLevel = (typeof AUDIT_LEVELS)[number];

/** When in the life of a request something is recorded. `ResponseStarted` exists for long-running requests only: watch, exec. */
export const AUDIT_STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;
export type AuditStage = (typeof AUDIT_STAGES)[number];

/** Verbs of requests for resources. */
export const READ_VERBS = ['get', 'list', 'watch'] as const;
export const WRITE_VERBS = ['create', 'update', 'patch', 'delete', 'deletecollection'] as const;
export const REQUEST_VERBS = [...READ_VERBS, ...WRITE_VERBS] as const;

/** Resources of one API group. */
export interface AuditGroupResources {
  /** Name of the group without version; the core group is `''`; `*` is every group, from 1.36. */
  readonly group?: string;
  /** `pods`, `pods/log`, `pods/*` (pods and their subresources), `*` + `/scale` (that subresource of all), `*`. @default - the whole group */
  readonly resources?: readonly string[];
  /** Names of objects; only together with `resources`. @default - every object */
  readonly resourceNames?: readonly string[];
}

/** A rule: what it names must all match. The first rule that matches a request decides. */
export interface AuditPolicyRule {
  readonly level: AuditLevel;
  /** @default - every user */
  readonly users?: readonly string[];
  /** Matches who is in one of them. @default - every group */
  readonly userGroups?: readonly string[];
  /** Verbs of requests (`get`, `list` …); the HTTP method in lower case where no resource is asked for. @default - every verb */
  readonly verbs?: readonly string[];
  /** @default - every resource */
  readonly resources?: readonly AuditGroupResources[];
  /** The empty name stands for what is in no namespace. @default - every namespace */
  readonly namespaces?: readonly string[];
  /** Paths that are no resources, `*` at the end only; not together with `resources` or `namespaces`. @default - every path */
  readonly nonResourceURLs?: readonly string[];
  /** Beside those of the policy. @default - none */
  readonly omitStages?: readonly AuditStage[];
  /** @default - as the policy says */
  readonly omitManagedFields?: boolean;
}

/** What the API server records: `audit.k8s.io/v1`, the only version that is served. */
export interface AuditPolicy {
  readonly apiVersion: 'audit.k8s.io/v1';
  readonly kind: 'Policy';
  readonly metadata?: { readonly name?: string };
  /** Leaves `managedFields` out of recorded bodies. @default false */
  readonly omitManagedFields?: boolean;
  /** @default - none */
  readonly omitStages?: readonly AuditStage[];
  /** At least one. What no rule matches is not recorded. */
  readonly rules: readonly AuditPolicyRule[];
}
