import { App, Chart, Testing } from 'cdk8s';
import {
  ContainerSize,
  HardenedContainer,
  HardenedDeployment,
  IsolatedNamespace,
  LeastPrivilegeServiceAccount,
  Peer,
  Permission,
  Probes,
  Resource,
  SecretFile,
  Waiver,
} from '../../../src';
import * as kplus from '../../../src/constructs/kplus';
import { IMAGE } from '../../support/images';
import { expectYaml } from '../../support/snapshot';
import { containerOf, only, podOf, synth, testNamespace } from '../../support/synth';

const WEB = { image: IMAGE, port: 8080, portName: 'http', probes: Probes.http('/healthz') };

function deployment(props: ConstructorParameters<typeof HardenedDeployment>[2] = WEB, settings = {}) {
  const shop = testNamespace(settings);
  return { shop, web: new HardenedDeployment(shop, 'web', props) };
}

it('looks like this', () => {
  const { shop } = deployment({ ...WEB, env: { LOG_LEVEL: 'info' } });
  expectYaml(
    'hardened-deployment',
    synth(shop).filter((object) => object.metadata.name === 'web'),
  );
});

it('hardens a container that is added later, an init container and a sidecar alike', () => {
  const { shop, web } = deployment({
    ...WEB,
    initHardened: [HardenedContainer.of({ name: 'proxy', image: IMAGE, sidecar: true })],
  });
  web.addContainer({
    name: 'late',
    image: IMAGE,
    readiness: kplus.Probe.fromCommand(['true']),
    liveness: kplus.Probe.fromCommand(['true']),
  });
  web.addInitContainer({ name: 'migrate', image: IMAGE });
  const spec = podOf(synth(shop), 'Deployment');
  for (const name of ['main', 'late', 'migrate', 'proxy']) {
    const container = containerOf(spec, name);
    expect(container['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(Object.keys(container['resources'].limits as object).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    expect(container['volumeMounts']).toContainEqual({ name: `tmp-${name}`, mountPath: '/tmp' });
  }
  expect(containerOf(spec, 'proxy')['restartPolicy']).toBe('Always');
});

it('keeps what the user wrote and refuses it by its rule', () => {
  const { shop } = deployment({
    containers: [
      {
        image: IMAGE,
        securityContext: { privileged: true, allowPrivilegeEscalation: true, user: 0, ensureNonRoot: false, readOnlyRootFilesystem: false },
        readiness: kplus.Probe.fromCommand(['true']),
        liveness: kplus.Probe.fromCommand(['true']),
      },
    ],
  });
  expect(() => synth(shop)).toThrow(
    /runs privileged[\s\S]*POD-09[\s\S]*may gain privileges[\s\S]*POD-13[\s\S]*runs as root \(runAsUser 0\)[\s\S]*can write to its root filesystem/,
  );
});

it('names object, container, control, place, remedy and waiver in a refusal', () => {
  const { shop } = deployment({ ...WEB, image: 'registry.example.com/web:1' });
  expect(() => synth(shop)).toThrow(
    /Deployment shop\/web {2}container main: runs an image that no digest fixes \(registry\.example\.com\/web:1\)\n {4}control {2}POD-07[\s\S]*where {4}test\/constructs\/workloads\/hardened-deployment\.test\.ts:\d+ → shop\/web[\s\S]*mend[\s\S]*waive {4}waivers: \[\{ control: POD-07, target: Deployment\/shop\/web, container: main/,
  );
});

it('accepts a finding with a waiver, for that container only', () => {
  const waivers = [
    Waiver.of('POD-04', {
      container: 'main',
      reason: 'writes its cache beside its binary',
      owner: 'shop@example.com',
      expires: '2099-01-01',
    }),
  ];
  const unsafe = { readOnlyRootFilesystem: false };
  const container = {
    image: IMAGE,
    securityContext: unsafe,
    readiness: kplus.Probe.fromCommand(['true']),
    liveness: kplus.Probe.fromCommand(['true']),
  };
  expect(() => synth(deployment({ containers: [container], waivers }).shop)).not.toThrow();
  expect(() => synth(deployment({ containers: [container, { ...container, name: 'other' }], waivers }).shop)).toThrow(
    /container other: can write to its root filesystem/,
  );
});

it('asks for probes, and takes a reason for having none', () => {
  expect(() => synth(deployment({ image: IMAGE }).shop)).toThrow(/says nothing of its health[\s\S]*LOG-12/);
  const objects = synth(deployment({ image: IMAGE, probes: Probes.none('drains a queue and exits') }).shop);
  expect(only(objects, 'Deployment')['spec'].template.metadata.annotations).toEqual({
    'cdk8s-hardened/no-probes.main': 'drains a queue and exits',
  });
  expect(() => Probes.none(' ')).toThrow(/reason is empty/);
});

it('renders gRPC, TCP and exec probes on the container port', () => {
  const probe = (probes: Probes) => containerOf(podOf(synth(deployment({ image: IMAGE, port: 9000, probes }).shop), 'Deployment'));
  expect(probe(Probes.grpc({ periodSeconds: 5 }))['livenessProbe']).toEqual({ grpc: { port: 9000 }, periodSeconds: 5 });
  expect(probe(Probes.tcp())['readinessProbe']).toEqual({ tcpSocket: { port: 9000 } });
  expect(probe(Probes.exec(['ok']))['livenessProbe']).toEqual({ exec: { command: ['ok'] } });
  expect(() => synth(deployment({ image: IMAGE, probes: Probes.grpc() }).shop)).toThrow(
    /container 'main': its grpc health check has no port/,
  );
});

it('follows the nodes: AppArmor, SELinux and user namespaces only where the settings say so', () => {
  const context = (settings: object) => podOf(synth(deployment(WEB, settings).shop), 'Deployment');
  const plain = context({});
  expect(plain).not.toHaveProperty('hostUsers');
  expect(plain['securityContext']).not.toHaveProperty('appArmorProfile');
  expect(context({ nodes: { lsm: 'apparmor' } })['securityContext'].appArmorProfile).toEqual({ type: 'RuntimeDefault' });
  expect(context({ nodes: { lsm: 'selinux' } })['securityContext'].seLinuxOptions).toEqual({ type: 'container_t' });
  expect(context({ nodes: { userNamespaces: true } })['hostUsers']).toBe(false);
});

it('mounts Secrets as files and writable paths as sized emptyDirs', () => {
  const { shop } = deployment({
    hardened: [
      HardenedContainer.of({
        ...WEB,
        writablePaths: { '/var/cache/app': '32Mi' },
        secretFiles: [SecretFile.of('db', '/etc/db', { keys: ['password'] })],
      }),
    ],
  });
  const spec = podOf(synth(shop), 'Deployment');
  expect(spec['volumes']).toEqual(
    expect.arrayContaining([
      { name: 'main-var-cache-app', emptyDir: { sizeLimit: '32Mi' } },
      { name: 'secret-db-etc-db', secret: { secretName: 'db', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] } },
    ]),
  );
  expect(containerOf(spec)['volumeMounts']).toContainEqual({ name: 'secret-db-etc-db', mountPath: '/etc/db', readOnly: true });
});

it('gives a token and the way to the API server only to who has permissions', () => {
  const shop = testNamespace({ apiServer: { endpoints: ['192.0.2.10'], port: 6443 } });
  const serviceAccount = new LeastPrivilegeServiceAccount(shop, 'watcher', {
    permissions: [Permission.read(Resource.CONFIG_MAPS, ['flags'])],
  });
  new HardenedDeployment(shop, 'watcher-app', { ...WEB, serviceAccount });
  new HardenedDeployment(shop, 'web', WEB);
  const objects = synth(shop);
  const volumes = (name: string) =>
    (only(objects, 'Deployment', name)['spec'].template.spec.volumes as { name: string }[]).map((volume) => volume.name);
  expect(volumes('watcher-app')).toContain('kube-api-access');
  expect(volumes('web')).not.toContain('kube-api-access');
  expect(JSON.stringify(only(objects, 'NetworkPolicy', 'watcher-app')['spec'])).toContain('192.0.2.10/32');
  expect(JSON.stringify(only(objects, 'NetworkPolicy', 'web')['spec'])).not.toContain('192.0.2.10');
});

it('writes both ends of a flow', () => {
  const { shop, web } = deployment();
  const database = new HardenedDeployment(shop, 'database', { ...WEB, port: 5432 });
  web.allowTo(database).allowFrom(Peer.pods({ namespace: 'gateway', podLabels: { app: 'gateway' } }));
  const objects = synth(shop);
  expect(JSON.stringify(only(objects, 'NetworkPolicy', 'web')['spec'].egress)).toContain('"port":5432');
  expect(JSON.stringify(only(objects, 'NetworkPolicy', 'database')['spec'].ingress)).toContain('"app.kubernetes.io/instance":"web"');
  expect(JSON.stringify(only(objects, 'NetworkPolicy', 'web')['spec'].ingress)).toContain('"app":"gateway"');
});

it('spreads over hosts and has a disruption budget from two replicas only', () => {
  const two = synth(deployment({ ...WEB, replicas: 2 }).shop);
  const one = synth(deployment({ ...WEB, replicas: 1 }).shop);
  expect(podOf(two, 'Deployment')['topologySpreadConstraints']).toHaveLength(1);
  expect(only(two, 'PodDisruptionBudget')['spec'].maxUnavailable).toBe(1);
  expect(podOf(one, 'Deployment')).not.toHaveProperty('topologySpreadConstraints');
  expect(one.map((object) => object.kind)).not.toContain('PodDisruptionBudget');
});

it('is still an autoscaler target', () => {
  const { shop, web } = deployment();
  new kplus.HorizontalPodAutoscaler(shop, 'autoscaler', { target: web, maxReplicas: 5 });
  const objects = synth(shop);
  expect(only(objects, 'HorizontalPodAutoscaler')['spec'].scaleTargetRef.name).toBe('web');
  expect(only(objects, 'Deployment')['spec']).not.toHaveProperty('replicas');
});

it('selects by one stable label everywhere, and never by a hash of the path', () => {
  const { shop } = deployment();
  const text = JSON.stringify(synth(shop));
  expect(text).not.toContain('cdk8s.io/metadata.addr');
  expect(only(synth(shop), 'Deployment')['spec'].selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'web' } });
  expect(only(synth(shop), 'Service')['spec'].selector).toEqual({ 'app.kubernetes.io/instance': 'web' });
});

it('keeps every byte when it moves to another chart', () => {
  const objects = (nested: boolean) => {
    const app = Testing.app();
    const shop = new IsolatedNamespace(nested ? new Chart(app, 'elsewhere') : app, 'shop', { owner: 'shop@example.com' });
    new HardenedDeployment(shop, 'web', WEB);
    return JSON.stringify(synth(shop));
  };
  expect(objects(true)).toBe(objects(false));
});

it('refuses a name that is no DNS label, two containers of one name, and a port name without a port', () => {
  const shop = testNamespace();
  expect(() => new HardenedDeployment(shop, 'Web_1', WEB)).toThrow(
    /\[shop\/Web_1\] the id is the object's name: 'Web_1' is not a DNS label/,
  );
  expect(() => new HardenedDeployment(shop, 'twice', { hardened: [HardenedContainer.of(WEB), HardenedContainer.of(WEB)] })).toThrow(
    /two containers are called 'main'/,
  );
  expect(() => new HardenedDeployment(shop, 'portless', { image: IMAGE, portName: 'http' })).toThrow(/portName 'http' has no port/);
  expect(() => new HardenedDeployment(shop, 'imageless', { port: 80 })).toThrow(/'port' without 'image'/);
});

it('takes sizes by name and by amount', () => {
  const resources = (size: ContainerSize) =>
    containerOf(podOf(synth(deployment({ ...WEB, size }).shop), 'Deployment'))['resources'] as unknown;
  expect(resources(ContainerSize.MEDIUM)).toEqual({
    requests: { cpu: '250m', memory: '256Mi', 'ephemeral-storage': '128Mi' },
    limits: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '512Mi' },
  });
  expect(resources(ContainerSize.of({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }))).toEqual({
    requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '64Mi' },
    limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' },
  });
});

it('still refuses itself in a plain App', () => {
  const app = new App({ outdir: '/nonexistent-and-never-written' });
  new HardenedDeployment(new Chart(app, 'plain', { namespace: 'shop' }), 'web', { ...WEB, image: 'registry.example.com/web:1' });
  expect(() => app.synthYaml()).toThrow(/POD-07/);
});
