import { DEFAULT_SERVICE_ACCOUNT } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { SERVICE_ACCOUNTS } from './match';

/** A workload in a namespace that the tree makes runs as a service account that the tree makes, or as the one of Kubernetes. */
export const serviceAccountExists = artifactsRule({
  id: 'service-account-exists',
  controls: ['AUTH-10'],
  message: 'runs as a service account that nothing here makes',
  remedy: 'make it with LeastPrivilegeServiceAccount, or leave `serviceAccount` out: the hardened constructs then make one',
  problems: (inventory) =>
    inventory.namespaces
      .filter(({ made }) => made !== undefined)
      .flatMap((namespace) =>
        namespace.workloads
          .filter(({ serviceAccount }) => serviceAccount !== DEFAULT_SERVICE_ACCOUNT && !namespace.named(SERVICE_ACCOUNTS, serviceAccount))
          .map(({ manifest, serviceAccount }) => ({ manifest, found: serviceAccount })),
      ),
});
