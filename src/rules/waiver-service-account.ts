import { nameOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { waivedWorkloads } from './waived-workloads';

/**
 * A workload with a waiver has its service account for itself: at admission the waiver holds for the account (and container),
 * so it would let through whatever else runs as it.
 */
export const waiverServiceAccount = artifactsRule({
  id: 'waiver-service-account',
  controls: ['AUTH-10'],
  message: 'has a waiver that reaches other workloads, by the service account that they share',
  remedy: 'give the waived workload a service account of its own',
  problems: (inventory, { waivers }) =>
    waivedWorkloads(inventory, waivers).flatMap(({ workload }) => {
      const sharing = inventory.namespaceOf(workload.manifest).runningAs(workload.serviceAccount);
      const others = sharing.filter((other) => other !== workload).map(({ manifest }) => nameOf(manifest.object));
      return others.length > 0 ? [{ manifest: workload.manifest, found: `${others.join(', ')} as ${workload.serviceAccount}` }] : [];
    }),
});
