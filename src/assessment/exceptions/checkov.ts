import { checksOf, shortStatementOf } from './exception';
import type { ObjectWaiver } from '../waivers-in-force';

/**
 * Checkov: one annotation for each check, `<check>=<comment>`. Any key that begins like this is read, so the check's id
 * stands where others count, and no annotation changes its key when a waiver comes or goes. A second `=`
 * in the value would end Checkov with an error.
 */
export function checkovAnnotations(waivers: readonly ObjectWaiver[]): Record<string, string> {
  return Object.fromEntries(
    waivers.flatMap((waiver) =>
      checksOf(waiver, 'checkov').map((check) => [`checkov.io/skip-${check}`, `${check}=${shortStatementOf(waiver)}`]),
    ),
  );
}
