import type { KubeObject } from '../manifest';
import { celRule } from './cel';
import { objectExample } from './examples';
import { NAMESPACES } from './match';

/** Every mode is set: a namespace that only enforces says nothing of what it would refuse after the next upgrade. */
const MODES = ['enforce', 'audit', 'warn'] as const;

const label = (name: string): string => `dyn(object).metadata.?labels[?'pod-security.kubernetes.io/${name}'].orValue('')`;

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
    holds: MODES.map((mode) => `${label(mode)} == 'restricted' && ${label(`${mode}-version`)} == variables.podSecurityVersion`).join(
      ' && ',
    ),
    found: `'enforce: ' + ${label('enforce')} + ' ' + ${label('enforce-version')}`,
  },
  examples: () => ({
    pass: [namespace({})],
    fail: [
      objectExample('v1', 'Namespace', {}, { namespace: undefined }),
      ...MODES.flatMap((mode) => [namespace({ [mode]: 'baseline' }), namespace({ [`${mode}-version`]: 'latest' })]),
    ],
  }),
});

/** A Namespace that is as it should be, but for what is given. */
function namespace(change: Record<string, string>): KubeObject {
  const levels = Object.fromEntries(
    MODES.flatMap((mode) => [
      [mode, 'restricted'],
      [`${mode}-version`, 'v1.35'],
    ]),
  );
  const labels = Object.entries({ ...levels, ...change }).map(([mode, level]) => [`pod-security.kubernetes.io/${mode}`, level]);
  return objectExample('v1', 'Namespace', {}, { namespace: undefined, labels: Object.fromEntries(labels) as Record<string, string> });
}
