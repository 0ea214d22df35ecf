import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ControlPlane, HardenedBaseline, PlatformSettings } from '../../../src';
import type {
  ControlPlaneProps,
  Distribution,
  HardenedBaselineProps,
  KubernetesMinor,
  NodeFile,
  PlatformSettingsProps,
} from '../../../src';
import { documentsIn } from '../../support/control-plane';
import { RECIPIENT } from '../cluster';

/** Distributions whose hosts take files or documents. */
export const SELF_MANAGED = ['kubeadm', 'kind', 'k3s', 'rke2', 'talos'] as const satisfies readonly Distribution[];

/** Settings of a cluster with everything that hosts have to do with, but for its distribution and its minor. */
export const SETTINGS: PlatformSettingsProps = {
  nodes: { lsm: 'apparmor', userNamespaces: true },
  apiServer: { endpoints: ['192.0.2.10'], port: 6443 },
  enforcement: { exempt: { groups: ['oidc:platform'] } },
};

export const CLUSTER: Required<ControlPlaneProps> = {
  name: 'shop-prod',
  endpoint: 'api.example.com:6443',
  hosts: { controlPlane: ['192.0.2.10', '192.0.2.11'], nodes: ['192.0.2.0/24'], admins: ['198.51.100.0/28'] },
  network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: 'calico' },
};

/** What a blueprint says of such a cluster. */
export function baselineOf(distribution: Distribution, cluster: ControlPlaneProps = CLUSTER): HardenedBaselineProps {
  const { hosts = CLUSTER.hosts, network = CLUSTER.network } = cluster;
  return {
    access: { oidc: [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }] },
    controlPlane: cluster,
    firewall: { cluster: { name: cluster.name, distribution, hosts, network } },
    nodes: { etcd: { backup: { recipients: [RECIPIENT] } } },
  };
}

/** What may be varied. */
export interface Change {
  readonly minor?: KubernetesMinor;
  readonly cluster?: Partial<ControlPlaneProps>;
  readonly baseline?: HardenedBaselineProps;
  readonly settings?: PlatformSettingsProps;
}

/** Every file of one cluster, with only the distribution and what is varied changed. */
export function filesOf(distribution: Distribution, { minor = '1.36', cluster, baseline, settings }: Change = {}): readonly NodeFile[] {
  const app = new App();
  PlatformSettings.provide(app, { ...SETTINGS, ...settings, distribution, minor });
  new HardenedBaseline(app, 'baseline', { ...baselineOf(distribution, { ...CLUSTER, ...cluster }), ...baseline });
  return nodeFilesIn(app);
}

/** The files that the one control plane in the tree makes. */
export function nodeFilesIn(root: IConstruct): readonly NodeFile[] {
  return root.node
    .findAll()
    .filter((construct) => construct instanceof ControlPlane)
    .flatMap((controlPlane) => controlPlane.toNodeFiles());
}

/** The one file of a role whose path ends so. */
export function fileAt(files: readonly NodeFile[], role: string, end: string): NodeFile {
  const found = files.filter((file) => file.role === role && file.path.endsWith(end));
  if (found.length !== 1) {
    throw new Error(`expected one ${end} for ${role}, found ${found.map(({ path }) => path).join(', ') || 'none'}`);
  }
  return found[0] as NodeFile;
}

/** Its documents. */
export function documentsAt(files: readonly NodeFile[], role: string, end: string): unknown[] {
  return documentsIn(fileAt(files, role, end).content);
}
