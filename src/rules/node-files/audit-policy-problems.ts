import type { KubernetesMinor } from '../../settings';
import { AUDIT_EVIDENCE, CREDENTIAL_RESOURCES } from './audit-evidence';
import type { AuditEvidence } from './audit-evidence';
import { auditLevel } from './audit-level';
import type { AuditRequest, RequestedResource } from './audit-level';
import { AUDIT_LEVELS, REQUEST_VERBS } from './audit-policy';
import type { AuditLevel, AuditPolicy, AuditPolicyRule } from './audit-policy';
import { requestDecidedBy, requestForDecidedBy } from './audit-policy-reach';
import { auditPolicyShape } from './audit-policy-shape';
import { namedForScanners } from './audit-scanner-names';
import type { NodeFileProblem } from './node-file-problem';

/** Somebody without any special place in a policy. */
const SOMEBODY = { name: 'somebody', groups: ['system:authenticated'] };
const HEALTH_PATHS = ['/livez', '/readyz', '/healthz'] as const;
const ANONYMOUS = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * What is wrong with an audit policy, for API servers of this minor: what they would not start with or would ignore, rules that
 * never decide, credentials whose bodies are recorded, actions of attackers that leave no record or too little of one, and
 * rules that stand in the wrong order. Takes any data, such as parsed YAML from elsewhere; never throws.
 */
export function auditPolicyProblems(document: unknown, minor: KubernetesMinor): NodeFileProblem[] {
  const { problems, policy } = auditPolicyShape(document, minor);
  if (!policy) {
    return [...problems];
  }
  if (policy.rules.every(({ level }) => level === 'None')) {
    return [...problems, recordsNothing(policy)];
  }
  return [
    ...problems,
    ...shadowed(policy),
    ...credentials(policy),
    ...evidence(policy),
    ...probes(policy),
    ...anonymous(policy),
    ...namedForScanners(policy),
  ];
}

function recordsNothing({ rules }: AuditPolicy): NodeFileProblem {
  return {
    field: rules.length === 1 ? 'rules[0].level' : 'rules',
    message: 'records nothing: every rule has level None (checks that look for the flag alone still pass)',
    control: 'LOG-01',
    remedy: 'take the policy of AuditLogging, or end with a rule at level Metadata',
  };
}

function shadowed(policy: AuditPolicy): NodeFileProblem[] {
  return policy.rules.flatMap((_rule, index): NodeFileProblem[] =>
    requestDecidedBy(policy, index) === 'none'
      ? [
          {
            field: `rules[${index}]`,
            message: 'never decides: rules before it match every request that it could match, or it matches none',
            control: 'LOG-01',
            remedy: 'move it before the wider rule, or remove it',
          },
        ]
      : [],
  );
}

function credentials(policy: AuditPolicy): NodeFileProblem[] {
  return policy.rules.flatMap((rule, index): NodeFileProblem[] => {
    if (!isAbove(rule.level, 'Metadata')) {
      return [];
    }
    const reached = CREDENTIAL_RESOURCES.map((resource) => ({
      resource,
      reach: requestForDecidedBy(policy, index, resource, verbsOf(rule)),
    }));
    if (reached.some(({ reach }) => reach === 'unknown')) {
      return [tooMany(index)];
    }
    const bodies = reached.filter(({ reach }) => reach !== 'none').map(({ resource }) => nameOf(resource));
    return bodies.length > 0
      ? [
          {
            field: `rules[${index}].level`,
            message: `records the bodies of ${bodies.join(', ')} (level ${rule.level})`,
            control: 'LOG-03',
            remedy: `put a rule at level Metadata for ${CREDENTIAL_RESOURCES.map(nameOf).join(', ')} before it, for every user and verb`,
          },
        ]
      : [];
  });
}

/** What the guide's table of attacks needs, and the policy does not record: one problem for each action and rule. */
function evidence(policy: AuditPolicy): NodeFileProblem[] {
  return AUDIT_EVIDENCE.flatMap((wanted) => {
    const weak = wanted.resources.flatMap((resource) => {
      const found = wanted.verbs.map((verb) => weakness(policy, wanted, { user: SOMEBODY, verb, resource })).find((text) => text);
      return found === undefined ? [] : [{ ...found, resource: nameOf(resource) }];
    });
    const groups = new Map<string, { field: string; what: string; names: string[] }>();
    for (const { field, what, resource } of weak) {
      const group = groups.get(`${field} ${what}`) ?? { field, what, names: [] };
      group.names.push(resource);
      groups.set(`${field} ${what}`, group);
    }
    return [...groups.values()].map(({ field, what, names }) => ({
      field,
      message: `of an attacker who ${wanted.action}, ${what} (${names.join(', ')})`,
      control: 'LOG-11' as const,
      remedy: `put a rule at level ${wanted.level} for ${wanted.verbs.join(', ')} on these before it, as AuditLogging does`,
    }));
  });
}

/** What the record of a request lacks of the evidence that is wanted. */
function weakness(policy: AuditPolicy, wanted: AuditEvidence, request: AuditRequest): { field: string; what: string } | undefined {
  const { level, stages, rule } = auditLevel(policy, request);
  const field = rule === undefined ? 'rules' : `rules[${rule}]`;
  const stage = wanted.stage ?? 'ResponseComplete';
  if (level === 'None') {
    return { field, what: 'nothing is recorded' };
  }
  if (isAbove(wanted.level, level)) {
    return { field: `${field}.level`, what: `only ${level} is recorded, without ${level === 'Metadata' ? 'the body' : 'the result'}` };
  }
  return stages.includes(stage) ? undefined : { field, what: `the stage ${stage} is not recorded` };
}

/** A rule that drops health probes, and comes too late for those of the kubelet, which are anonymous. */
function probes(policy: AuditPolicy): NodeFileProblem[] {
  return policy.rules.flatMap((rule, index): NodeFileProblem[] => {
    const dropped = HEALTH_PATHS.map((path): AuditRequest => ({ user: ANONYMOUS, verb: 'get', path })).filter(
      (probe) => rule.level === 'None' && rule.nonResourceURLs && auditLevel({ ...policy, rules: [rule] }, probe).rule === 0,
    );
    const late = dropped.map((probe) => ({ path: probe.path, by: auditLevel(policy, probe).rule ?? index })).filter(({ by }) => by < index);
    return late.length > 0
      ? [
          {
            field: `rules[${index}]`,
            message: `is to drop probes of ${late.map(({ path }) => path).join(', ')}, but rules[${late[0]?.by}] decides before it: they are anonymous, and come every second`,
            control: 'LOG-18',
            remedy: 'put it first',
          },
        ]
      : [];
  });
}

function anonymous(policy: AuditPolicy): NodeFileProblem[] {
  const resource = { group: '', resource: 'pods', namespace: 'default' };
  const callers = [
    { who: 'anonymous callers', user: ANONYMOUS },
    { who: 'callers whose authentication failed (401)', user: undefined },
  ];
  return callers.flatMap(({ who, user }): NodeFileProblem[] => {
    const { level, rule } = auditLevel(policy, { ...(user ? { user } : {}), verb: 'list', resource });
    return level === 'None'
      ? [
          {
            field: rule === undefined ? 'rules' : `rules[${rule}]`,
            message: `leaves no record of ${who}`,
            control: 'LOG-18',
            remedy: user
              ? 'put a rule at level Metadata for the group system:unauthenticated before it'
              : 'end with a rule at level Metadata for everything; such a caller is in no group',
          },
        ]
      : [];
  });
}

function tooMany(index: number): NodeFileProblem {
  return {
    field: `rules[${index}]`,
    message: 'names too many users, groups and namespaces to say whether it records bodies of credentials',
    control: 'LOG-03',
    remedy: 'make several rules of it',
  };
}

function isAbove(level: AuditLevel, other: AuditLevel): boolean {
  return AUDIT_LEVELS.indexOf(level) > AUDIT_LEVELS.indexOf(other);
}

function verbsOf({ verbs = [] }: AuditPolicyRule): readonly string[] {
  return verbs.length > 0 ? verbs : REQUEST_VERBS;
}

function nameOf({ resource, subresource }: RequestedResource): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}
