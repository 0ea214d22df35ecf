import { checksOf } from './exception';
import type { ObjectWaiver } from '../waivers-in-force';

/**
 * Polaris: one annotation for each check. Its configuration has exemptions too, but matches names as prefixes there: what
 * is waived for `agent` would hold for `agent-admin`.
 */
export function polarisAnnotations(waivers: readonly ObjectWaiver[]): Record<string, string> {
  return Object.fromEntries(
    waivers.flatMap((waiver) => checksOf(waiver, 'polaris').map((check) => [`polaris.fairwinds.com/${check}-exempt`, 'true'])),
  );
}
