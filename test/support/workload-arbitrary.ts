import { Cron, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  ContainerSize,
  HardenedContainer,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedStatefulSet,
  IsolatedNamespace,
  PlatformSettings,
  Probes,
  SecretFile,
} from '../../src';
import type { HardenedWorkloadProps, PlatformSettingsProps } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from './images';

/** A workload that the types accept, safe or not. */
export interface WorkloadCase {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
  readonly settings: PlatformSettingsProps;
  readonly hostPath: true | undefined;
  readonly props: HardenedWorkloadProps & kplus.WorkloadProps;
}

/** Mostly safe, sometimes not: so that both outcomes are met often. */
const rarely = <T>(unsafe: T): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(unsafe) });

const securityContext: fc.Arbitrary<kplus.ContainerSecurityContextProps> = fc.record({
  privileged: rarely(true),
  allowPrivilegeEscalation: rarely(true),
  readOnlyRootFilesystem: rarely(false),
  ensureNonRoot: rarely(false),
  user: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 65_535 }), rarely(0)),
  group: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 65_535 }), rarely(0)),
});

const image = fc.oneof(
  { weight: 12, arbitrary: fc.constant(IMAGE) },
  { weight: 1, arbitrary: fc.constantFrom('registry.example.com/web:1', 'web', `registry.example.com/web@sha256:${'0'.repeat(64)}`) },
);

const probes = fc.constantFrom(
  Probes.http('/', { port: 8080 }),
  Probes.tcp({ port: 8080 }),
  Probes.grpc({ port: 8080 }),
  Probes.exec(['true']),
  Probes.none('a test'),
);

const plain = (name: string): fc.Arbitrary<kplus.ContainerProps> =>
  fc.record({
    name: fc.constant(name),
    image,
    securityContext,
    portNumber: fc.constantFrom(undefined, 8081, 9090),
    readiness: fc.constant(kplus.Probe.fromCommand(['true'])),
    liveness: fc.constant(kplus.Probe.fromCommand(['true'])),
    resources: fc.constantFrom(undefined, {}, { cpu: { request: kplus.Cpu.millis(10) } }, { cpu: { limit: kplus.Cpu.units(1) } }),
    imagePullPolicy: fc.constantFrom(undefined, kplus.ImagePullPolicy.IF_NOT_PRESENT),
  });

const hardened = (name: string): fc.Arbitrary<HardenedContainer> =>
  fc
    .record({
      image,
      probes,
      size: fc.constantFrom(undefined, ContainerSize.SMALL, ContainerSize.LARGE),
      user: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 65_535 })),
      writablePaths: fc.constantFrom(undefined, {}, { '/var/cache': '1Mi' }, { '/tmp': '8Mi', '/data': '1Gi' }),
      secretFiles: fc.constantFrom(undefined, [SecretFile.of('db', '/etc/db')]),
      env: fc.constantFrom(undefined, { LOG_LEVEL: 'info' }, { TOKEN_TTL: '60' }, { DB_PASSWORD_FILE: '/etc/db/password' }),
    })
    .map((props) =>
      HardenedContainer.of({
        ...props,
        name,
        port: 8080,
        writablePaths: props.writablePaths as Record<string, string> | undefined,
        env: props.env as Record<string, string> | undefined,
      }),
    );

/** Any workload of any kind on any platform. */
export const workloadCase: fc.Arbitrary<WorkloadCase> = fc.record({
  kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'),
  settings: fc.record({
    minor: fc.constantFrom('1.35', '1.36', '1.37'),
    nodes: fc.record({ lsm: fc.constantFrom('none', 'apparmor', 'selinux'), userNamespaces: fc.boolean() }),
    registries: fc.constantFrom(undefined, ['registry.example.com/']),
  }),
  hostPath: rarely<true>(true),
  props: fc.record({
    hardened: fc.tuple(hardened('main')),
    initHardened: fc.oneof(fc.constant([]), fc.tuple(hardened('setup'))),
    containers: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(plain('extra')) }),
    hostNetwork: rarely(true),
    automountServiceAccountToken: rarely(true),
    securityContext: fc.record({
      ensureNonRoot: rarely(false),
      user: rarely(0),
      group: rarely(0),
      fsGroup: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 65_535 })),
    }),
  }) as fc.Arbitrary<HardenedWorkloadProps & kplus.WorkloadProps>,
});

/** The namespace with the workload in it, in an app of its own. */
export function build({ kind, settings, hostPath, props }: WorkloadCase): IsolatedNamespace {
  const app = Testing.app();
  PlatformSettings.provide(app, settings);
  const shop = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  const volumes = hostPath ? [kplus.Volume.fromHostPath(shop, 'host', 'host', { path: '/var/log' })] : [];
  make(kind, shop, { ...props, volumes });
  return shop;
}

function make(kind: WorkloadCase['kind'], scope: Construct, props: HardenedWorkloadProps & kplus.WorkloadProps): void {
  switch (kind) {
    case 'Deployment':
      new HardenedDeployment(scope, 'web', props);
      break;
    case 'StatefulSet':
      new HardenedStatefulSet(scope, 'web', props);
      break;
    case 'DaemonSet':
      new HardenedDaemonSet(scope, 'web', props);
      break;
    case 'Job':
      new HardenedJob(scope, 'web', props);
      break;
    case 'CronJob':
      new HardenedCronJob(scope, 'web', { ...props, schedule: Cron.daily() });
  }
}
