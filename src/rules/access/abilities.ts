import { listOf, recordsOf, textsOf } from '../../manifest';

const WORKLOADS = ['pods', 'replicationcontrollers', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'];
const INTO_PODS = ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'pods/ephemeralcontainers'];
const RBAC = 'rbac.authorization.k8s.io';
const WRITE = ['create', 'update', 'patch'];
const CHANGE = ['update', 'patch'];

/** What a rule of a role has to grant. One of the groups, of the resources and of the verbs is enough. */
interface AbilityProps {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Verbs that are enough when the rule is held to objects by name: no name is known yet when an object is created. */
  readonly namedVerbs: readonly string[];
}

/** What roles can give that is harmless alone and dangerous in sum, or that gives away more than it says. */
export const ABILITIES = {
  'do everything': { groups: ['*'], resources: ['*'], verbs: ['*'], namedVerbs: [] },
  'write roles': { groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: WRITE, namedVerbs: CHANGE },
  'write role bindings': { groups: [RBAC], resources: ['rolebindings', 'clusterrolebindings'], verbs: WRITE, namedVerbs: CHANGE },
  escalate: { groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: ['escalate'], namedVerbs: ['escalate'] },
  bind: { groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: ['bind'], namedVerbs: ['bind'] },
  'run pods': { groups: ['', 'apps', 'batch'], resources: WORKLOADS, verbs: WRITE, namedVerbs: CHANGE },
  'read Secrets': { groups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'], namedVerbs: [] },
  'read logs': { groups: [''], resources: ['pods/log'], verbs: ['get'], namedVerbs: ['get'] },
  'enter pods': { groups: [''], resources: INTO_PODS, verbs: ['get', ...WRITE], namedVerbs: ['get', ...WRITE] },
} as const satisfies Record<string, AbilityProps>;
export type Ability = keyof typeof ABILITIES;

const ALL = Object.entries(ABILITIES) as [Ability, AbilityProps][];

/** The abilities that the rules of a role give. */
export function abilitiesOf(rules: unknown): ReadonlySet<Ability> {
  const read = recordsOf(rules).map(({ apiGroups, resources, verbs, resourceNames }) => ({
    groups: textsOf(apiGroups),
    resources: textsOf(resources),
    verbs: textsOf(verbs),
    named: listOf(resourceNames).length > 0,
  }));
  return new Set(ALL.filter(([, ability]) => read.some((rule) => gives(rule, ability))).map(([name]) => name));
}

interface RoleRule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly named: boolean;
}

function gives(rule: RoleRule, { groups, resources, verbs, namedVerbs }: AbilityProps): boolean {
  return (
    grants(rule.groups, groups) &&
    (grants(rule.resources, resources) || resources.some((resource) => rule.resources.includes(anySubresource(resource)))) &&
    grants(rule.verbs, rule.named ? namedVerbs : verbs)
  );
}

function grants(granted: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && (granted.includes('*') || wanted.some((one) => granted.includes(one)));
}

/** How a role grants the subresource of every resource. What is no subresource has no such form. */
function anySubresource(resource: string): string {
  return resource.replace(/^[^/]+\//, '*/');
}
