import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import { securityGroupsFile } from '../firewall';
import { MANAGED_ANSWERS } from './managed-answers';
import type { ManagedDistribution } from './managed-answers';

/** A setting that only you can give, such as the name of a key. */
export interface YourSetting {
  /** Path in the settings. */
  readonly field: string;
  readonly what: string;
}

/** For whoever makes the cluster: its settings, what is theirs to give, and what becomes of each control. */
export function managedFiles(
  { cluster, firewall }: ControlPlaneSpec,
  distribution: ManagedDistribution,
  settings: object,
  yours: readonly YourSetting[],
): NodeFile[] {
  const file = (name: string, content: object): NodeFile => ({
    role: 'operator',
    path: `/${distribution}/${name}.json`,
    mode: '0644',
    owner: 'root:root',
    content: `${JSON.stringify(content, undefined, 2)}\n`,
  });
  return [
    file('settings', { cluster: cluster.name, kubernetes: cluster.minor, settings, yours }),
    file('controls', Object.fromEntries(Object.entries(MANAGED_ANSWERS).map(([id, answers]) => [id, answers[distribution]]))),
    ...(firewall ? [securityGroupsFile({ cluster, firewall })] : []),
  ];
}
