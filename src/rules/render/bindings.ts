import { NAMESPACE_NAME_LABEL } from '../../manifest';
import type { KubeObject, LabelRequirement } from '../../manifest';
import { DEFAULT_ENFORCEMENT, ENFORCEMENT_ACTIONS, ENFORCEMENT_LABEL, milder } from '../../settings';
import type { EnforcementAction, EnforcementSettings } from '../../settings';
import { admissionBinding } from './admission-objects';

/** Where nothing is ever denied: what the cluster needs to run at all comes from here, its DNS and often its network too. */
export const NEVER_DENIED = 'kube-system';

/**
 * The bindings with each action, and the effective actions that they are for. What is denied is warned about too: the API
 * server tells only the first refusal, and every warning.
 */
const BOUND: Readonly<Record<EnforcementAction, readonly EnforcementAction[]>> = {
  deny: ['deny'],
  warn: ['deny', 'warn'],
  audit: ['audit'],
};

/**
 * Binds a policy whose rules go to `limit` at most, in every namespace, with the milder of that and the namespace's own
 * action: by the label, or for namespaces that the settings name by name.
 */
export function namespaceBindings(policy: string, limit: EnforcementAction, { namespaces = {} }: EnforcementSettings): KubeObject[] {
  const named = Object.keys(namespaces).sort();
  return (['deny', 'warn', 'audit'] as const).flatMap((action) => {
    const has = (stage: EnforcementAction): boolean => BOUND[action].includes(milder(limit, stage));
    const stages = ENFORCEMENT_ACTIONS.filter(has);
    const names = named.filter((name) => has(namespaces[name] as EnforcementAction) && (action !== 'deny' || name !== NEVER_DENIED));
    const bind = (suffix: string, namespaceLabels: readonly LabelRequirement[]): KubeObject =>
      admissionBinding({ name: `${policy}-${action}${suffix}`, policy, action, namespaces: namespaceLabels });
    return [
      ...(stages.length > 0 ? [bind('', byLabel(action, stages, named))] : []),
      ...(names.length > 0 ? [bind('-by-name', [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }])] : []),
    ];
  });
}

/** Binds a policy about objects outside namespaces. */
export function clusterBindings(policy: string, limit: EnforcementAction, enforcement: EnforcementSettings): KubeObject[] {
  const effective = milder(limit, enforcement.cluster ?? DEFAULT_ENFORCEMENT.cluster);
  return (['deny', 'warn', 'audit'] as const)
    .filter((action) => BOUND[action].includes(effective))
    .map((action) => admissionBinding({ name: `${policy}-${action}`, policy, action }));
}

/** Namespaces whose label is one of the stages; where it is auditing, also those without the label or with another value. */
function byLabel(action: EnforcementAction, stages: readonly EnforcementAction[], named: readonly string[]): LabelRequirement[] {
  const others = ENFORCEMENT_ACTIONS.filter((stage) => !stages.includes(stage));
  const elsewhere = [...new Set([...(action === 'deny' ? [NEVER_DENIED] : []), ...named])];
  return [
    ...(action === 'audit' ? notIn(ENFORCEMENT_LABEL, others) : [{ key: ENFORCEMENT_LABEL, operator: 'In' as const, values: stages }]),
    ...notIn(NAMESPACE_NAME_LABEL, elsewhere),
  ];
}

function notIn(key: string, values: readonly string[]): LabelRequirement[] {
  return values.length > 0 ? [{ key, operator: 'NotIn', values }] : [];
}
