import { DEFAULT_SERVICE_ACCOUNT, identifiersOf, recordsOf } from '../manifest';
import { subjectOf } from './access';
import type { BoundSubject } from './access';
import { artifactsRule } from './artifacts-rule';
import type { Inventory } from './inventory';
import { BINDINGS, SERVICE_ACCOUNTS } from './match';

/**
 * A service account that a binding names is one that the tree makes, where the tree makes its namespace: who makes an
 * account of that name later has the role.
 */
export const subjectExists = artifactsRule({
  id: 'subject-exists',
  controls: ['AUTH-10'],
  message: 'gives a role to a service account that nothing here makes',
  remedy: 'make account and permissions together (LeastPrivilegeServiceAccount), or correct the subject',
  problems: (inventory) =>
    inventory.of(BINDINGS).flatMap((manifest) => {
      const { namespace } = identifiersOf(manifest.object);
      return recordsOf(manifest.object['subjects'])
        .flatMap((entry) => subjectOf(entry, namespace) ?? [])
        .filter((subject) => isMissing(subject, inventory))
        .map(({ name }) => ({ manifest, found: name }));
    }),
});

function isMissing({ kind, name }: BoundSubject, inventory: Inventory): boolean {
  const [namespace = '', account = ''] = name.split('/');
  const { made } = inventory.namespace(namespace);
  return (
    kind === 'ServiceAccount' &&
    made !== undefined &&
    account !== DEFAULT_SERVICE_ACCOUNT &&
    !inventory.namespace(namespace).named(SERVICE_ACCOUNTS, account)
  );
}
