import { controlOf } from '../../controls';
import { oneLine } from '../markdown';
import type { ObjectWaiver } from '../waivers-in-force';

/** A tool that waivers are told to. */
export type ExceptionTool = 'kubescape' | 'trivy' | 'kubeLinter' | 'kubeScore' | 'polaris' | 'checkov' | 'kyverno';

/**
 * The checks of a tool that look at what the waiver accepts, by their own ids. A finding that serves two controls (the
 * namespaces of the host: POD-10 and POD-11) is accepted as a whole, so the checks of both.
 */
export function checksOf({ findings }: ObjectWaiver, tool: ExceptionTool): string[] {
  const controls = findings.flatMap((finding) => finding.controls);
  return [...new Set(controls.flatMap((id) => controlOf(id).mappings[tool] ?? []))].sort();
}

/** Why a check is left out, for an annotation: nothing that a user wrote, so nothing that a tool could stumble over. */
export function shortStatementOf({ waiver }: ObjectWaiver): string {
  return `${waiver.control} waived until ${waiver.expires}`;
}

/** Why a check is left out, on one line, with the reason and who answers for it. */
export function statementOf(waiver: ObjectWaiver): string {
  return oneLine(`${shortStatementOf(waiver)}: ${waiver.waiver.reason} (${waiver.waiver.owner})`);
}

/** The first moment at which the waiver does not hold, RFC 3339: its last day is over everywhere in UTC. */
export function endOf({ waiver }: ObjectWaiver): string {
  const dayAfter = new Date(Date.parse(waiver.expires) + 86_400_000);
  return dayAfter.toISOString().replace('.000Z', 'Z');
}

/** A name for the exception, the same as long as waiver and object are: `pod-12.deployment.shop.agent`. */
export function exceptionName({ waiver, object }: ObjectWaiver): string {
  const { namespace, name } = object.metadata;
  const parts = [waiver.control, waiver.container, object.kind, namespace, name].filter((part) => part !== undefined);
  return parts
    .join('.')
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-');
}
