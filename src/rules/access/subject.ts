import { recordOf, textOf } from '../../manifest';

/** Who a binding names. */
export interface BoundSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  /** Name; of a service account, with its namespace in front: `shop/web`. */
  readonly name: string;
  /** Whether it is a service account, or the group of all of them in a namespace: its token lies in a pod. */
  readonly machine: boolean;
  /** Whether it is a part of Kubernetes, such as a node or the scheduler. */
  readonly system: boolean;
}

const ACCOUNT_USER = 'system:serviceaccount:';
const ACCOUNT_GROUP = 'system:serviceaccounts:';

/** The subject of a binding; undefined if the entry is none. A service account that is written as a user is the same one. */
export function subjectOf(entry: unknown, bindingNamespace: string): BoundSubject | undefined {
  const { kind, name, namespace } = recordOf(entry);
  const text = textOf(name);
  if (text === undefined) {
    return undefined;
  }
  if (kind === 'ServiceAccount') {
    return machine('ServiceAccount', `${textOf(namespace) ?? bindingNamespace}/${text}`);
  }
  if (kind === 'User' && text.startsWith(ACCOUNT_USER)) {
    return machine('ServiceAccount', text.slice(ACCOUNT_USER.length).replace(':', '/'));
  }
  if (kind === 'Group' && text.startsWith(ACCOUNT_GROUP)) {
    return machine('Group', text);
  }
  return kind === 'User' || kind === 'Group' ? { kind, name: text, machine: false, system: text.startsWith('system:') } : undefined;
}

/** The group of all service accounts of a namespace, which a service account is in. */
export function groupOfAccounts({ kind, name }: BoundSubject): BoundSubject | undefined {
  return kind === 'ServiceAccount' ? machine('Group', `${ACCOUNT_GROUP}${name.split('/')[0]}`) : undefined;
}

function machine(kind: 'Group' | 'ServiceAccount', name: string): BoundSubject {
  return { kind, name, machine: true, system: false };
}
