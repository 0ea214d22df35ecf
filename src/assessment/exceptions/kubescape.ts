import type { KubeObject } from '../../manifest';
import type { ObjectWaiver } from '../waivers-in-force';
import { checksOf, endOf, exceptionName, statementOf } from './exception';

/** Kubescape: a list of `postureExceptionPolicy`, for `kubescape scan --exceptions`. */
export function kubescapeExceptions(waivers: readonly ObjectWaiver[]): string | undefined {
  const policies = waivers.flatMap((waiver) => {
    const checks = checksOf(waiver, 'kubescape');
    return checks.length === 0 ? [] : [policy(waiver, checks)];
  });
  return policies.length === 0 ? undefined : JSON.stringify(policies, undefined, 2) + '\n';
}

function policy(waiver: ObjectWaiver, checks: readonly string[]): object {
  return {
    name: exceptionName(waiver),
    policyType: 'postureExceptionPolicy',
    actions: ['alertOnly'],
    reason: statementOf(waiver),
    expirationDate: endOf(waiver),
    resources: [{ designatorType: 'Attributes', attributes: designator(waiver.object) }],
    posturePolicies: checks.map((controlID) => ({ controlID })),
  };
}

/** Every value is a regular expression that must match the whole; a dot is all that is special in a Kubernetes name. */
function designator({ kind, metadata: { namespace, name } }: KubeObject): Record<string, string> {
  const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return { kind: literal(kind), ...(namespace === undefined ? {} : { namespace: literal(namespace) }), name: literal(name) };
}
