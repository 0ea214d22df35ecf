import { podSpecOf } from '../manifest';
import type { KubeObject } from '../manifest';
import type { Waiver } from './waiver';
import { waiverKey } from './waiver-key';

/** The keys of what is waived, sorted, by control: what is in the cluster is recognised by them. */
export type WaivedKeys = ReadonlyMap<string, readonly string[]>;

/**
 * The keys of the waivers that hold on the day `asOf` (`YYYY-MM-DD`), for those of the objects that they name. A waiver of
 * an object that is not there has no key, and one that has expired neither: the assessment tells of both.
 */
export function waivedKeys(waivers: readonly Waiver[], objects: readonly KubeObject[], asOf: string): WaivedKeys {
  const keys = new Map<string, Set<string>>();
  for (const waiver of waivers.filter((candidate) => candidate.daysLeft(asOf) >= 0)) {
    for (const object of objects.filter((candidate) => waiver.covers(candidate, waiver.container, podSpecOf(candidate) !== undefined))) {
      keys.set(waiver.control, (keys.get(waiver.control) ?? new Set()).add(waiverKey(object, waiver.container)));
    }
  }
  return new Map([...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([control, found]) => [control, [...found].sort()]));
}
