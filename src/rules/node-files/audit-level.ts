import { AUDIT_STAGES } from './audit-policy';
import type { AuditGroupResources, AuditLevel, AuditPolicy, AuditPolicyRule, AuditStage } from './audit-policy';

/** What a request to the API asks for. */
export interface RequestedResource {
  /** API group without version; the core group is `''`. */
  readonly group: string;
  /** Plural, such as `pods`. */
  readonly resource: string;
  /** Such as `exec`. @default - the resource itself */
  readonly subresource?: string;
  /** @default - none: cluster-scoped, or a list over all namespaces */
  readonly namespace?: string;
  /** @default - none: a list, or a new object, whose name is in the body */
  readonly name?: string;
}

/**
 * A request as the audit policy sees it: after authentication, and before impersonation and authorization, so that the user
 * is the one who impersonates, and a request that will be denied (403) is seen as any other.
 */
export type AuditRequest = {
  /** Who asks. Nobody when authentication failed (401): then no rule with users or groups matches. */
  readonly user?: { readonly name: string; readonly groups?: readonly string[] };
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for a path, the HTTP method in lower case. */
  readonly verb: string;
} & ({ readonly resource: RequestedResource; readonly path?: undefined } | { readonly path: string; readonly resource?: undefined });

/** What becomes of a request. */
export interface AuditDecision {
  readonly level: AuditLevel;
  /** Stages that are recorded, if the request comes to them. None at level `None`. */
  readonly stages: readonly AuditStage[];
  /** Whether recorded bodies come without `managedFields`. */
  readonly omitManagedFields: boolean;
  /** Index of the rule that decided; undefined when none matched. */
  readonly rule?: number;
}

/**
 * What the API server would record of a request. Says what `k8s.io/apiserver/pkg/audit/policy` does, of 1.36 and 1.37; 1.35
 * differs in that it refuses the group `*` when it starts. A conformance run compares the two.
 */
export function auditLevel(policy: AuditPolicy, request: AuditRequest): AuditDecision {
  const index = policy.rules.findIndex((rule) => matches(rule, request));
  const rule = policy.rules[index];
  if (!rule) {
    return { level: 'None', stages: [], omitManagedFields: policy.omitManagedFields ?? false };
  }
  const omitted = new Set<AuditStage>([...(policy.omitStages ?? []), ...(rule.omitStages ?? [])]);
  return {
    level: rule.level,
    stages: rule.level === 'None' ? [] : AUDIT_STAGES.filter((stage) => !omitted.has(stage)),
    omitManagedFields: rule.omitManagedFields ?? policy.omitManagedFields ?? false,
    rule: index,
  };
}

function matches(rule: AuditPolicyRule, { user, verb, resource, path }: AuditRequest): boolean {
  return (
    (isEmpty(rule.users) || (user !== undefined && rule.users.includes(user.name))) &&
    (isEmpty(rule.userGroups) || (user?.groups ?? []).some((group) => rule.userGroups?.includes(group))) &&
    (isEmpty(rule.verbs) || rule.verbs.includes(verb)) &&
    (resource ? matchesResource(rule, resource) : matchesPath(rule, path))
  );
}

/** A rule that names paths matches no resource, unless it names resources or namespaces too: the server lets these win. */
function matchesResource({ namespaces, resources, nonResourceURLs }: AuditPolicyRule, requested: RequestedResource): boolean {
  if (isEmpty(namespaces) && isEmpty(resources)) {
    return isEmpty(nonResourceURLs);
  }
  return (
    (isEmpty(namespaces) || namespaces.includes(requested.namespace ?? '')) &&
    (isEmpty(resources) || resources.some((candidate) => matchesGroup(candidate, requested)))
  );
}

function matchesGroup({ group = '', resources, resourceNames }: AuditGroupResources, requested: RequestedResource): boolean {
  if (group !== requested.group && group !== '*') {
    return false;
  }
  return (
    isEmpty(resources) ||
    ((isEmpty(resourceNames) || resourceNames.includes(requested.name ?? '')) &&
      resources.some((pattern) => matchesPattern(pattern, requested)))
  );
}

function matchesPattern(pattern: string, { resource, subresource = '' }: RequestedResource): boolean {
  return (
    pattern === '*' ||
    pattern === (subresource === '' ? resource : `${resource}/${subresource}`) ||
    (subresource !== '' && pattern === `*/${subresource}`) ||
    pattern === `${resource}/*`
  );
}

function matchesPath({ namespaces, resources, nonResourceURLs }: AuditPolicyRule, path: string): boolean {
  if (!isEmpty(namespaces) || !isEmpty(resources)) {
    return false;
  }
  return isEmpty(nonResourceURLs) || nonResourceURLs.some((pattern) => matchesUrl(pattern, path));
}

function matchesUrl(pattern: string, path: string): boolean {
  return pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')));
}

/** An empty list says the same as none. */
function isEmpty(list: readonly unknown[] | undefined): list is undefined | readonly [] {
  return list === undefined || list.length === 0;
}
