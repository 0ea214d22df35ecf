import { auditLevel } from './audit-level';
import type { AuditRequest, RequestedResource } from './audit-level';
import type { AuditPolicy, AuditPolicyRule } from './audit-policy';

/** A name that no policy has, so that only what names nothing matches it. */
const UNNAMED = '\0';

/** Requests tried for one rule. Policies of people need some dozens; the product of long lists must not stop us. */
const MAX_TRIED = 2000;

/** A request that a rule decides, if there is one; `unknown` when there are too many to try. */
export type Reach = AuditRequest | 'none' | 'unknown';

/** What a request asks for. */
type AuditTarget = { readonly resource: RequestedResource } | { readonly path: string };

/**
 * A request that the rule at `index` decides, because no rule before it does.
 *
 * It is enough to try each value that the rule names, and for what it leaves open one that no rule names: that is matched by
 * the fewest of the rules before. One group is enough: who is in more groups is matched by more rules.
 */
export function requestDecidedBy(policy: AuditPolicy, index: number): Reach {
  const rule = policy.rules[index] as AuditPolicyRule;
  return firstDecided(
    policy,
    index,
    (function* () {
      for (const verb of orUnnamed(rule.verbs)) {
        for (const target of targetsOf(rule)) {
          yield { verb, target };
        }
      }
    })(),
  );
}

/** The same, among requests for this resource with one of these verbs. */
export function requestForDecidedBy(policy: AuditPolicy, index: number, resource: RequestedResource, verbs: readonly string[]): Reach {
  const rule = policy.rules[index] as AuditPolicyRule;
  const names = [UNNAMED, ...(rule.resources ?? []).flatMap(({ resourceNames }) => resourceNames ?? [])];
  return firstDecided(
    policy,
    index,
    (function* () {
      for (const verb of verbs) {
        for (const namespace of orUnnamed(rule.namespaces)) {
          for (const name of names) {
            yield { verb, target: { resource: { ...resource, namespace, name } } };
          }
        }
      }
    })(),
  );
}

function firstDecided(policy: AuditPolicy, index: number, asked: Iterable<{ readonly verb: string; readonly target: AuditTarget }>): Reach {
  const { users, userGroups } = policy.rules[index] as AuditPolicyRule;
  let tried = 0;
  for (const { verb, target } of asked) {
    for (const name of orUnnamed(users)) {
      for (const group of orUnnamed(userGroups)) {
        const request: AuditRequest = { user: { name, groups: [group] }, verb, ...target };
        if (auditLevel(policy, request).rule === index) {
          return request;
        }
        tried += 1;
        if (tried === MAX_TRIED) {
          return 'unknown';
        }
      }
    }
  }
  return 'none';
}

/** What a rule matches, each of its patterns once, as the thing that the fewest other patterns match. */
function* targetsOf(rule: AuditPolicyRule): Generator<AuditTarget> {
  const { nonResourceURLs = [], namespaces = [], resources = [] } = rule;
  for (const url of nonResourceURLs) {
    yield { path: url.endsWith('*') ? `${url.replace(/\*+$/, '')}${UNNAMED}` : url };
  }
  if (nonResourceURLs.length === 0) {
    yield* resourcesOf(rule);
  }
  if (nonResourceURLs.length + namespaces.length + resources.length === 0) {
    yield { path: `/${UNNAMED}` };
  }
}

function* resourcesOf({ namespaces, resources = [] }: AuditPolicyRule): Generator<AuditTarget> {
  for (const namespace of orUnnamed(namespaces)) {
    for (const { group = '', resources: patterns, resourceNames } of resources.length > 0 ? resources : [{ group: '*' }]) {
      for (const pattern of orUnnamed(patterns)) {
        for (const name of orUnnamed(resourceNames)) {
          yield { resource: { group: known(group), ...resourceOf(pattern), namespace, name } };
        }
      }
    }
  }
}

/** `pods/*` matches pods too, but fewer patterns match what is under them. */
function resourceOf(pattern: string): { readonly resource: string; readonly subresource?: string } {
  const slash = pattern.indexOf('/');
  return slash < 0
    ? { resource: known(pattern) }
    : { resource: known(pattern.slice(0, slash)), subresource: known(pattern.slice(slash + 1)) };
}

/** `*` stands for what nobody named. */
function known(pattern: string): string {
  return pattern === '*' ? UNNAMED : pattern;
}

function orUnnamed(list: readonly string[] | undefined): readonly string[] {
  return list === undefined || list.length === 0 ? [UNNAMED] : list;
}
