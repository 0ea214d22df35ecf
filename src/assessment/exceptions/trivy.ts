import { stringify } from 'yaml';
import type { KubeObject } from '../../manifest';
import type { ObjectWaiver } from '../waivers-in-force';
import { checksOf, endOf, statementOf } from './exception';

/**
 * Trivy: an ignore file, for `trivy config --ignorefile`. Trivy knows files, not objects, so the object must be alone in
 * the file that `fileOf` says; the pattern finds it whichever folder above it is scanned.
 */
export function trivyExceptions(waivers: readonly ObjectWaiver[], fileOf: (object: KubeObject) => string): string | undefined {
  const misconfigurations = waivers.flatMap((waiver) =>
    checksOf(waiver, 'trivy').map((id) => ({
      id,
      paths: [`**/${literal(fileOf(waiver.object))}`],
      expired_at: endOf(waiver).slice(0, 10),
      statement: statementOf(waiver),
    })),
  );
  return misconfigurations.length === 0 ? undefined : stringify({ misconfigurations }, { lineWidth: 0 });
}

/** The path as a pattern that matches nothing else. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}
