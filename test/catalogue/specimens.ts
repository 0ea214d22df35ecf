import { Chart, Cron, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AuditLogging,
  auditHostParts,
  ConfinementProfiles,
  confinementHostParts,
  firewallHostParts,
  FirewallStack,
  HardenedBaseline,
  HardenedContainer,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedIngress,
  HardenedJob,
  HardenedService,
  HardenedStatefulSet,
  HostFirewall,
  IsolatedNamespace,
  LeastPrivilegeRole,
  LeastPrivilegeServiceAccount,
  loadBlueprint,
  manifestsOf,
  Peer,
  Permission,
  PlatformSettings,
  PodHardening,
  Probes,
  Resource,
  SecretFile,
  Subject,
} from '../../src';
import type { KubeObject, PlatformSettingsProps } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { spec } from '../control-plane/cluster';
import { objectsOf as nodeObjectsOf } from '../control-plane/host-parts';
import { controlPlaneOf, KUBEADM_LAYOUT, objectsOf } from '../support/control-plane';
import { cluster } from '../control-plane/firewall/cluster';
import { IMAGE } from '../support/images';
import { API_SERVER_PARTS } from './api-server-specimens';

/** Platforms on which a construct shows all that it sets. */
const PLATFORMS: readonly PlatformSettingsProps[] = (['apparmor', 'selinux'] as const).map((lsm) => ({
  nodes: { lsm, userNamespaces: true },
  apiServer: { endpoints: ['192.0.2.10'], port: 6443 },
}));

type Make = (namespace: IsolatedNamespace) => Construct;

const container = HardenedContainer.of({
  image: IMAGE,
  port: 8080,
  probes: Probes.http('/'),
  secretFiles: [SecretFile.of('db', '/etc/db')],
});
const workload = (make: (scope: Construct, props: object) => Construct): Make => {
  return (namespace) => {
    const serviceAccount = new LeastPrivilegeServiceAccount(namespace, 'watcher', {
      permissions: [Permission.read(Resource.CONFIG_MAPS, ['flags'])],
    });
    return make(namespace, { hardened: [container], serviceAccount });
  };
};
const web = (namespace: IsolatedNamespace): HardenedDeployment =>
  new HardenedDeployment(namespace, 'web', { image: IMAGE, port: 8080, probes: Probes.http('/') });
const { baseline, settings } = loadBlueprint();
const stacks: Make = (namespace) => {
  PlatformSettings.provide(namespace, settings);
  return new HardenedBaseline(namespace, 'baseline', baseline);
};

/** Parts of the nodes and their control plane, which are shown by what all of them come to. */
const NODE_PARTS: readonly string[] = [
  ...['CertificateRenewal', 'ControlPlaneFlags', 'EtcdHardening', 'FileModes', 'KernelSettings', 'KubeletHardening', 'KubeProxyHardening'],
  'TlsFloor',
];

/** What each part of the control plane asks of a host, as objects. */
const PARTS: Readonly<Record<string, () => KubeObject[]>> = {
  ...API_SERVER_PARTS,
  AuditLogging: () =>
    objectsOf(
      auditHostParts(
        controlPlaneOf((scope) => new AuditLogging(scope, 'audit', { webhook: { server: 'https://audit.example.com/kubernetes' } })),
        KUBEADM_LAYOUT,
      ),
    ),
  ConfinementProfiles: () =>
    objectsOf(confinementHostParts(controlPlaneOf((scope) => new ConfinementProfiles(scope, 'profiles'), { nodes: { lsm: 'apparmor' } }))),
  HostFirewall: () => objectsOf(firewallHostParts(controlPlaneOf((scope) => new HostFirewall(scope, 'firewall', { withoutAdmins: true })))),
  ...Object.fromEntries(NODE_PARTS.map((name) => [name, () => nodeObjectsOf(spec())])),
};

/** How to make each construct and stack that declares what it generates. */
const MAKE: Readonly<Record<string, Make>> = {
  HardenedCronJob: workload((scope, props) => new HardenedCronJob(scope, 'web', { ...props, schedule: Cron.daily() })),
  HardenedDaemonSet: workload((scope, props) => new HardenedDaemonSet(scope, 'web', props)),
  HardenedDeployment: workload((scope, props) => new HardenedDeployment(scope, 'web', props)),
  HardenedJob: workload((scope, props) => new HardenedJob(scope, 'web', props)),
  HardenedStatefulSet: workload((scope, props) => new HardenedStatefulSet(scope, 'web', props)),
  FirewallStack: (namespace) => {
    const plugins = ['cilium', 'calico'] as const;
    plugins.forEach((plugin) => new FirewallStack(namespace, plugin, { cluster: cluster({ network: { plugin } }), hostPolicies: true }));
    return namespace;
  },
  HardenedIngress: (namespace) =>
    new HardenedIngress(namespace, 'shop', {
      host: 'shop.example.com',
      tlsSecretName: 'shop-tls',
      routes: [{ path: '/', workload: web(namespace) }],
      controller: Peer.pods({ namespace: 'gateway', podLabels: { app: 'gateway' } }),
    }),
  HardenedService: (namespace) =>
    new HardenedService(namespace, 'front', {
      type: kplus.ServiceType.LOAD_BALANCER,
      selector: web(namespace),
      ports: [{ port: 80, targetPort: 8080 }],
    }),
  IsolatedNamespace: (namespace) => namespace,
  LeastPrivilegeRole: (namespace) =>
    new LeastPrivilegeRole(namespace, 'reader', {
      permissions: [Permission.read(Resource.CONFIG_MAPS)],
      subjects: [Subject.group('devs')],
    }),
  LeastPrivilegeServiceAccount: (namespace) =>
    new LeastPrivilegeServiceAccount(namespace, 'watcher', { permissions: [Permission.read(Resource.CONFIG_MAPS, ['flags'])] }),
  PodHardening: (namespace) => {
    const chart = new Chart(namespace, 'plain');
    PodHardening.onSynth(chart);
    return new kplus.Deployment(chart, 'web', { containers: [{ image: IMAGE, portNumber: 8080 }] });
  },
  EnforcementStack: stacks,
  PersonasStack: stacks,
  SystemNamespacesStack: stacks,
  TenantsStack: stacks,
  WorkloadNetworkPolicy: (namespace) => web(namespace).allowTo(Peer.internet()),
};

/** What the construct of this class renders, on each platform. */
export function specimen(name: string): KubeObject[] {
  const part = PARTS[name];
  if (part) {
    return part();
  }
  const make = MAKE[name];
  if (!make) {
    throw new Error(`There is no specimen of ${name}: say in ${__filename} how one is made.`);
  }
  return PLATFORMS.flatMap((platform) => {
    const app = Testing.app();
    PlatformSettings.provide(app, platform);
    const made = make(new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' }));
    app.node.findAll().forEach((construct) => construct.node.validate()); // as every synthesis does before it renders
    return manifestsOf(made).map(({ object }) => object);
  });
}
