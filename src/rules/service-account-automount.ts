import { celRule } from './cel';
import { objectExample } from './examples';
import { SERVICE_ACCOUNTS } from './match';

/**
 * A service account gives its token to no pod that does not ask (CIS 5.1.6 looks at the account, Kubescape C-0034 at the
 * pod: both say it). The account `default` is made by Kubernetes itself, without the field; no workload may run as it.
 */
export const serviceAccountAutomount = celRule({
  id: 'service-account-automount',
  controls: ['POD-19'],
  message: 'gives its token to every pod that runs as it',
  remedy: 'set `automountServiceAccountToken: false` (LeastPrivilegeServiceAccount does)',
  match: SERVICE_ACCOUNTS,
  unless: "object.metadata.name == 'default' && !has(object.automountServiceAccountToken)",
  object: { holds: 'dyn(object).?automountServiceAccountToken.orValue(true) == false' },
  examples: () => ({
    pass: [
      objectExample('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
      objectExample('v1', 'ServiceAccount', {}, { name: 'default' }),
    ],
    fail: [
      objectExample('v1', 'ServiceAccount', {}),
      objectExample('v1', 'ServiceAccount', { automountServiceAccountToken: true }),
      objectExample('v1', 'ServiceAccount', { automountServiceAccountToken: true }, { name: 'default' }),
    ],
  }),
});
