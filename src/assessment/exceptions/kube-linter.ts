import { checksOf, shortStatementOf } from './exception';
import type { ObjectWaiver } from '../waivers-in-force';

/** kube-linter: one annotation for each check; the value is read by people only. */
export function kubeLinterAnnotations(waivers: readonly ObjectWaiver[]): Record<string, string> {
  return Object.fromEntries(
    waivers.flatMap((waiver) =>
      checksOf(waiver, 'kubeLinter').map((check) => [`ignore-check.kube-linter.io/${check}`, shortStatementOf(waiver)]),
    ),
  );
}
