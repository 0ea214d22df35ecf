import { groupBy } from '../../manifest';
import type { Artifacts } from '../../manifest';
import { includesPermission, Inventory, NON_RESOURCE, permissionsOf } from '../../rules';
import type { GrantedPermission } from '../../rules';
import type { PostureChange, Tendency } from './posture-change';
import { sideBySide } from './side-by-side';

/**
 * What somebody may do now and might not, or the reverse. What is only written otherwise is no change. What comes or goes with a service
 * account is neutral: it is for a workload that comes or goes.
 */
export function permissionChanges(before: Artifacts, after: Artifacts): PostureChange[] {
  const permissionsBySubject = (artifacts: Artifacts): BySubject => bySubject(permissionsOf(Inventory.of(artifacts)));
  return sideBySide(permissionsBySubject(before), permissionsBySubject(after)).flatMap(([subject, was = [], is = []]) => {
    const whole = was.length === 0 || is.length === 0;
    const tendency = (normally: Tendency): Tendency => (whole && subject.startsWith('ServiceAccount ') ? 'neutral' : normally);
    return [
      ...missing(is, was).map((what) => change(tendency('looser'), `${subject} may ${what}`)),
      ...missing(was, is).map((what) => change(tendency('stricter'), `${subject} may ${what} (no more)`)),
    ];
  });
}

type BySubject = ReadonlyMap<string, readonly GrantedPermission[]>;

function bySubject(permissions: readonly GrantedPermission[]): BySubject {
  return groupBy(permissions, ({ subject: { kind, name } }) => `${kind} ${name}`);
}

/** Those that nothing of the others includes: what may be done with the same verbs in the same place, in one line. */
function missing(some: readonly GrantedPermission[], others: readonly GrantedPermission[]): string[] {
  const only = some.filter((one) => !others.some((other) => includesPermission(other, one)));
  const byResource = [...groupBy(only, (one) => `${resourceText(one)} ${placeText(one)}`).values()].map((same) => ({
    verbs: [...new Set(same.map(({ verb }) => verb))].join(', '),
    resource: resourceText(same[0] as GrantedPermission),
    place: placeText(same[0] as GrantedPermission),
  }));
  const byVerbs = groupBy(byResource, ({ verbs, place }) => `${verbs} ${place}`);
  return [...byVerbs.values()].map((same) => {
    const { verbs, place } = same[0] as (typeof same)[number];
    return `${verbs} ${same.map(({ resource }) => resource).join(', ')} ${place}`;
  });
}

function resourceText({ group, resource, name }: GrantedPermission): string {
  return `${group === NON_RESOURCE || group === '' ? resource : `${resource}.${group}`}${name === undefined ? '' : ` '${name}'`}`;
}

function placeText({ namespace }: GrantedPermission): string {
  return namespace === undefined ? 'everywhere' : `in ${namespace}`;
}

function change(tendency: Tendency, what: string): PostureChange {
  return { subject: 'permission', tendency, control: 'AUTH-06', what };
}
