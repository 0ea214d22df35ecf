import { nearestName } from '../../manifest';
import type { EnforcementSettings } from '../../settings';
import type { Rule } from '../rule';
import { NEVER_DENIED } from './bindings';

/** What cannot be in the settings of enforcement. */
export interface EnforcementProblem {
  /** Path of the setting, from `enforcement`. */
  readonly path: readonly string[];
  /** What is wrong, the control, how to mend it. */
  readonly message: string;
}

/** Who is everybody, or everybody who is not a person. */
const EVERYBODY = ['system:anonymous', 'system:authenticated', 'system:serviceaccounts', 'system:unauthenticated'];

/** What is well-formed in the settings of enforcement and still cannot be. `rules` are all that there are. */
export function enforcementProblems(enforcement: EnforcementSettings, rules: readonly Rule[]): EnforcementProblem[] {
  return [...deniedAlways(enforcement), ...unknownRules(enforcement, rules), ...exempt(enforcement)];
}

function deniedAlways({ namespaces = {} }: EnforcementSettings): EnforcementProblem[] {
  const message = `${NEVER_DENIED} is never denied: what the cluster needs to run at all comes from there (control POD-08). Write 'warn' or 'audit'.`;
  return Object.hasOwn(namespaces, NEVER_DENIED) && namespaces[NEVER_DENIED] === 'deny'
    ? [{ path: ['namespaces', NEVER_DENIED], message }]
    : [];
}

function unknownRules({ rules: limits = {} }: EnforcementSettings, rules: readonly Rule[]): EnforcementProblem[] {
  const enforceable = rules.filter((rule) => rule.scope === 'object').map(({ id }) => id);
  return Object.keys(limits)
    .filter((id) => !enforceable.includes(id))
    .map((id) => {
      const path = ['rules', id];
      if (rules.some((rule) => rule.id === id)) {
        return {
          path,
          message: `'${id}' must see all objects at once, which the API server cannot: it is checked at synth only. Remove it.`,
        };
      }
      const near = nearestName(id, enforceable);
      const meant = near === undefined ? 'docs/RULES.md lists them.' : `Did you mean '${near}'?`;
      return { path, message: `there is no rule '${id}'. ${meant} Remove it, or correct its name.` };
    });
}

function exempt({ exempt: { users = [], groups = [] } }: EnforcementSettings): EnforcementProblem[] {
  const message =
    'nobody is exempt: not even who applies these manifests could change a namespace any more (control AUTH-11). Name users or groups of the platform.';
  return [
    ...(users.length + groups.length === 0 ? [{ path: ['exempt'], message }] : []),
    ...Object.entries({ users, groups }).flatMap(([list, names]) =>
      names.flatMap((name, index) => (EVERYBODY.includes(name) ? [{ path: ['exempt', list, String(index)], message: forAll(name) }] : [])),
    ),
  ];
}

function forAll(name: string): string {
  return `${name} is everybody, so that nothing would be guarded (control AUTH-11). Name those who run the platform.`;
}
