import { celRule } from './cel';
import { objectExample } from './examples';
import { NAMESPACES } from './match';

/**
 * The Pod Security labels are there for all three modes, at `restricted`, pinned to the minor.
 * An unpinned version changes its meaning with an upgrade.
 */
export const namespacePodSecurity = celRule({
  id: 'namespace-pod-security',
  controls: ['POD-08'],
  message: "does not enforce Pod Security restricted at the cluster's version",
  remedy: 'use IsolatedNamespace, which sets the labels; a namespace for node agents needs a waiver',
  match: NAMESPACES,
  object: {
    holds: "dyn(object).metadata.?labels[?'pod-security.kubernetes.io/enforce'].orValue('') == 'restricted' && dyn(object).metadata.?labels[?'pod-security.kubernetes.io/enforce-version'].orValue('') == variables.podSecurityVersion && dyn(object).metadata.?labels[?'pod-security.kubernetes.io/audit'].orValue('') == 'restricted' && dyn(object).metadata.?labels[?'pod-security.kubernetes.io/audit-version'].orValue('') == variables.podSecurityVersion && dyn(object).metadata.?labels[?'pod-security.kubernetes.io/warn'].orValue('') == 'restricted' && dyn(object).metadata.?labels[?'pod-security.kubernetes.io/warn-version'].orValue('') == variables.podSecurityVersion",
    found: "'enforce: ' + dyn(object).metadata.?labels[?'pod-security.kubernetes.io/enforce'].orValue('') + ' ' + dyn(object).metadata.?labels[?'pod-security.kubernetes.io/enforce-version'].orValue('')",
  },
  examples: () => ({
    pass: [objectExample('v1', 'Namespace', {}, { labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'pod-security.kubernetes.io/audit': 'restricted', 'pod-security.kubernetes.io/audit-version': 'v1.35', 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/warn-version': 'v1.35' } })],
    fail: [
      objectExample('v1', 'Namespace', {}),
      objectExample('v1', 'Namespace', {}, { labels: { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'pod-security.kubernetes.io/audit': 'baseline', 'pod-security.kubernetes.io/audit-version': 'v1.35', 'pod-security.kubernetes.io/warn': 'baseline', 'pod-security.kubernetes.io/warn-version': 'v1.35' } }),
      objectExample('v1', 'Namespace', {}, { labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'latest', 'pod-security.kubernetes.io/audit': 'restricted', 'pod-security.kubernetes.io/audit-version': 'latest', 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/warn-version': 'latest' } }),
    ],
  }),
});
