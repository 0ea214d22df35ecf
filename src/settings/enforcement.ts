/** What the API server does with an object that a rule finds fault with, the mildest first. */
export const ENFORCEMENT_ACTIONS = ['audit', 'warn', 'deny'] as const;
export type EnforcementAction = (typeof ENFORCEMENT_ACTIONS)[number];

/** The milder of two actions. */
export function milder(a: EnforcementAction, b: EnforcementAction): EnforcementAction {
  return ENFORCEMENT_ACTIONS.indexOf(a) < ENFORCEMENT_ACTIONS.indexOf(b) ? a : b;
}

/**
 * Label of a namespace that says how far enforcement has come there. A namespace without it is only audited. Guarded: who
 * may change it is who may switch the rules off.
 */
export const ENFORCEMENT_LABEL = 'cdk8s-hardened/enforcement';

/** Label of a namespace that belongs to a tenant; its value is the tenant. */
export const TENANT_LABEL = 'cdk8s-hardened/tenant';

/** Who may change what guards the cluster. Names as the API server sees them, prefix and all (`oidc:platform`). */
export interface ExemptIdentities {
  /** @default - none */
  readonly users?: readonly string[];
  /** @default - none */
  readonly groups?: readonly string[];
}

/** Where nobody says how far: all the way where this project makes the namespace, and only watching elsewhere. */
export const DEFAULT_ENFORCEMENT = { default: 'deny', cluster: 'audit' } as const;

/** How rules are enforced at admission. The mildest of namespace and rule holds. */
export interface EnforcementSettings {
  /** In namespaces that an `IsolatedNamespace` makes. @default 'deny' */
  readonly default?: EnforcementAction;
  /** In these namespaces, by name; those too that are not made here. @default - `default`, or audit where not made here */
  readonly namespaces?: Readonly<Record<string, EnforcementAction>>;
  /** For objects outside namespaces, such as ClusterRoles. @default 'audit' */
  readonly cluster?: EnforcementAction;
  /** At most this for these rules, by id. @default - `deny`, or what the rule says of itself */
  readonly rules?: Readonly<Record<string, EnforcementAction>>;
  /** Who may change namespaces' labels, default-deny, quotas, limits. Somebody must. */
  readonly exempt: ExemptIdentities;
}
