import { nameOf } from '../../manifest';
import type { Problem } from '../artifacts-rule';
import type { Grant } from './access';
import type { BoundSubject } from './subject';

/**
 * The problem, at the binding that completes what the subject can do, with the bindings that it takes besides. None where a
 * service account has it through the group of all accounts alone: that is the group's problem.
 */
export function effectiveProblems(subject: BoundSubject, grants: readonly Grant[], what: string, namespace?: string): Problem[] {
  const last = grants.at(-1);
  if (!last || grants.every((grant) => grant.subject.kind !== subject.kind)) {
    return [];
  }
  const others = grants.slice(0, -1).map(({ binding }) => `${binding.object.kind} ${nameOf(binding.object)}`);
  const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
  const together = others.length > 0 ? `, together with ${others.join(' and ')}` : '';
  return [{ manifest: last.binding, found: `${subject.kind} ${subject.name} can ${what} ${where}${together}` }];
}
