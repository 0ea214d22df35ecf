import { groupBy } from '../manifest';
import type { KubeObject } from '../manifest';
import type { Waiver } from './waiver';
import { waiverKey, waiverTargets } from './waiver-key';

/** The keys of what is waived, sorted, by control: what is in the cluster is recognised by them. */
export type WaivedKeys = ReadonlyMap<string, readonly string[]>;

/**
 * The keys of the waivers that hold on the day `asOf` (`YYYY-MM-DD`), for those of the objects that they name. A waiver of
 * an object that is not there has no key, and one that has expired neither: the assessment tells of both.
 */
export function waivedKeys(waivers: readonly Waiver[], objects: readonly KubeObject[], asOf: string): WaivedKeys {
  const keys = new Map<string, Set<string>>();
  const byTarget = groupBy(
    waivers.filter((waiver) => waiver.daysLeft(asOf) >= 0),
    ({ target }) => target,
  );
  for (const object of objects) {
    for (const { control, container } of waiverTargets(object).flatMap((target) => byTarget.get(target) ?? [])) {
      keys.set(control, (keys.get(control) ?? new Set()).add(waiverKey(object, container)));
    }
  }
  return new Map([...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([control, found]) => [control, [...found].sort()]));
}
