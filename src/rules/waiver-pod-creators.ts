import { groupBy, identifiersOf } from '../manifest';
import type { ExemptIdentities } from '../settings';
import { Access, gives } from './access';
import type { BoundSubject, Grant } from './access';
import { artifactsRule } from './artifacts-rule';
import type { Problem } from './artifacts-rule';
import { describeWaived, waivedWorkloads } from './waived-workloads';
import type { WaivedWorkload } from './waived-workloads';

/**
 * Where a workload has a waiver, nobody of the tenant runs pods: who may, runs one as the workload's service account, and so
 * has the waiver. Exempt are those who may change the guards anyway (`enforcement.exempt`), and controllers: service accounts
 * that may run pods in every namespace.
 */
export const waiverPodCreators = artifactsRule({
  id: 'waiver-pod-creators',
  controls: ['AUTH-06'],
  message: 'lets others use a waiver, by running pods as the service account of the waived workload',
  remedy: 'run the waived workload in a namespace of its own, where only the platform deploys',
  problems: (inventory, { waivers, settings }) => {
    const waived = groupBy(waivedWorkloads(inventory, waivers), ({ workload }) => identifiersOf(workload.manifest.object).namespace);
    return waived.size === 0
      ? []
      : Access.of(inventory)
          .grants.filter((grant) => gives(grant, 'run pods') && !isExempt(grant, settings.enforcement?.exempt))
          .flatMap((grant) => problemOf(grant, waived));
  },
});

function problemOf({ binding, subject, namespace }: Grant, waived: ReadonlyMap<string, readonly WaivedWorkload[]>): Problem[] {
  const reached = namespace === undefined ? [...waived.values()].flat() : (waived.get(namespace) ?? []);
  const found = `${subject.kind} ${subject.name}: ${reached.map(describeWaived).join(', ')}`;
  return reached.length > 0 ? [{ manifest: binding, found }] : [];
}

function isExempt({ subject, namespace }: Grant, exempt: ExemptIdentities | undefined): boolean {
  return (subject.machine && namespace === undefined) || isNamed(subject, exempt);
}

/** Identities are written as the API server sees them: a service account as the user `system:serviceaccount:shop:web`. */
function isNamed({ kind, name }: BoundSubject, exempt: ExemptIdentities | undefined): boolean {
  return kind === 'Group'
    ? (exempt?.groups?.includes(name) ?? false)
    : (exempt?.users?.includes(kind === 'User' ? name : `system:serviceaccount:${name.replace('/', ':')}`) ?? false);
}
