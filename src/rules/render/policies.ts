import { isClusterScoped } from '../../manifest';
import type { KubeObject } from '../../manifest';
import type { EnforcementAction, EnforcementSettings, PlatformSettings } from '../../settings';
import type { WaivedKeys } from '../../waivers';
import { celVariables } from '../cel';
import type { CelRule, CelVariable, RuleMatch } from '../cel';
import { admissionPolicy } from './admission-objects';
import type { AdmissionResources, MatchCondition, Validation } from './admission-objects';
import { clusterBindings, namespaceBindings } from './bindings';
import { comesFromOthers, ROLE_KEEPERS } from './kubernetes-identities';
import { changesOneOf } from './update-condition';
import { validationsOf, waiverVariables } from './validations';

/** Beginning of the name of every policy. */
export const POLICY_PREFIX = 'cdk8s-hardened-';

/** What `renderPolicies` is told. */
export interface RenderPoliciesProps {
  readonly rules: readonly CelRule[];
  readonly settings: PlatformSettings;
  /** What waivers accept. */
  readonly waived: WaivedKeys;
}

/** Rules that look at the same kinds and go equally far: one policy. */
interface RuleGroup {
  readonly name: string;
  /** How far they go at most. */
  readonly limit: EnforcementAction;
  readonly match: readonly RuleMatch[];
  /** Whether the kinds live outside namespaces, where no selector of namespaces keeps a binding away. */
  readonly clusterScoped: boolean;
  readonly rules: CelRule[];
}

/**
 * The rules as ValidatingAdmissionPolicies, each with its bindings. Pure, and empty where the settings name no enforcement.
 *
 * One policy for all rules about the same kinds: most of what a policy costs is paid once for each policy. Not one for all
 * kinds: then each expression would have to ask for the kind first, and would not be the text of the rule any more.
 */
export function renderPolicies({ rules, settings, waived }: RenderPoliciesProps): KubeObject[] {
  const { enforcement } = settings;
  return enforcement === undefined
    ? []
    : groupRules(rules, enforcement).flatMap((group) => [
        policyOf(group, settings, waived),
        ...(group.clusterScoped ? clusterBindings : namespaceBindings)(group.name, group.limit, enforcement),
      ]);
}

/** How far a rule goes at most. */
export function limitOf({ cel }: CelRule, enforcement: EnforcementSettings): EnforcementAction {
  return enforcement.rules?.[cel.id] ?? cel.enforcement ?? 'deny';
}

function groupRules(rules: readonly CelRule[], enforcement: EnforcementSettings): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const rule of rules) {
    const limit = limitOf(rule, enforcement);
    for (const { match, clusterScoped } of byScope(rule.cel.match)) {
      const key = JSON.stringify([limit, match]);
      const group = groups.get(key) ?? { name: nameOf(match, limit), limit, match, clusterScoped, rules: [] };
      group.rules.push(rule);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The kinds in namespaces, and those outside, as far as there are any. */
function byScope(match: readonly RuleMatch[]): Pick<RuleGroup, 'match' | 'clusterScoped'>[] {
  return [false, true]
    .map((clusterScoped) => ({ clusterScoped, match: match.filter((kind) => livesOutsideNamespaces(kind) === clusterScoped) }))
    .filter((part) => part.match.length > 0);
}

/** A Namespace counts as inside itself: its own labels are what a selector sees. */
function livesOutsideNamespaces({ apiGroup, kind }: RuleMatch): boolean {
  return kind !== 'Namespace' && isClusterScoped({ apiVersion: `${apiGroup}/v1`, kind });
}

/** Named after the first resource: `cdk8s-hardened-pods`, or `cdk8s-hardened-pods-at-most-warn`. */
function nameOf(match: readonly RuleMatch[], limit: EnforcementAction): string {
  return `${POLICY_PREFIX}${match[0]?.resources[0]}${limit === 'deny' ? '' : `-at-most-${limit}`}`;
}

function policyOf({ name, match, clusterScoped, rules }: RuleGroup, settings: PlatformSettings, waived: WaivedKeys): KubeObject {
  const validations = rules.flatMap((rule) => validationsOf(rule, waived));
  return admissionPolicy({
    name,
    operations: ['CREATE', 'UPDATE'],
    resources: resourcesOf(match),
    matchConditions: [changesOneOf([...new Set(match.flatMap(({ judged }) => judged))]), ...(clusterScoped ? [NOT_ROLE_KEEPERS] : [])],
    variables: used([...celVariables(settings), ...waiverVariables(waived)], validations),
    validations,
  });
}

const NOT_ROLE_KEEPERS: MatchCondition = {
  name: 'not-by-kubernetes-itself',
  expression: comesFromOthers({ users: ROLE_KEEPERS.map(({ user }) => user) }),
};

function resourcesOf(match: readonly RuleMatch[]): AdmissionResources[] {
  const groups = [...new Set(match.map(({ apiGroup }) => apiGroup))];
  return groups.map((apiGroup) => ({
    apiGroup,
    resources: match.filter((kind) => kind.apiGroup === apiGroup).flatMap(({ resources }) => resources),
  }));
}

/** The variables that the validations use, and those that these use, in the order given: each may use earlier ones only. */
function used(variables: readonly CelVariable[], validations: readonly Validation[]): CelVariable[] {
  let text = validations.map(({ expression, messageExpression = '' }) => `${expression} ${messageExpression}`).join(' ');
  const found: CelVariable[] = [];
  for (const variable of [...variables].reverse()) {
    if (new RegExp(`\\bvariables\\.${variable.name}\\b`).test(text)) {
      found.unshift(variable);
      text += ` ${variable.expression}`;
    }
  }
  return found;
}
