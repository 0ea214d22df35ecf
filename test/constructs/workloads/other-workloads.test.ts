import { Cron, Size } from 'cdk8s';
import {
  HardenedContainer,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedStatefulSet,
  PersistentStorage,
  Probes,
  SecretFile,
  Waiver,
} from '../../../src';
import * as kplus from '../../../src/constructs/kplus';
import { IMAGE } from '../../support/images';
import { expectYaml } from '../../support/snapshot';
import { containerOf, only, podOf, synth, testNamespace } from '../../support/synth';

it('a StatefulSet has a headless Service of its name, and storage that outlives the pod in place of the preset’s', () => {
  const shop = testNamespace();
  const database = new HardenedStatefulSet(shop, 'database', {
    hardened: [
      HardenedContainer.postgres({
        image: IMAGE,
        env: { POSTGRES_PASSWORD_FILE: '/etc/db/password' },
        secretFiles: [SecretFile.of('database', '/etc/db')],
      }),
    ],
    storage: [PersistentStorage.of({ name: 'data', path: '/var/lib/postgresql/data', size: '10Gi' })],
  });
  expect(database.address).toBe('database:5432');
  const objects = synth(shop);
  expectYaml('hardened-stateful-set', [only(objects, 'StatefulSet'), only(objects, 'Service')]);
  const mounts = containerOf(podOf(objects, 'StatefulSet'))['volumeMounts'] as { mountPath: string; name: string }[];
  expect(mounts.filter((mount) => mount.mountPath === '/var/lib/postgresql/data').map((mount) => mount.name)).toEqual(['data']);
});

it('a StatefulSet without a port says what it lacks', () => {
  expect(() => new HardenedStatefulSet(testNamespace(), 'database', { image: IMAGE })).toThrow(
    /\[shop\/database\] a StatefulSet needs a Service, and no container has a port/,
  );
});

it('a DaemonSet that reads the host needs a waiver, and runs with it', () => {
  const agent = (waivers: Waiver[]) => {
    const shop = testNamespace();
    const logs = kplus.Volume.fromHostPath(shop, 'logs', 'logs', { path: '/var/log' });
    new HardenedDaemonSet(shop, 'agent', { image: IMAGE, probes: Probes.exec(['ok']), volumes: [logs], waivers });
    return () => synth(shop);
  };
  expect(agent([])).toThrow(/DaemonSet shop\/agent: mounts a path of the host \(logs: \/var\/log\)[\s\S]*POD-12/);
  const waiver = { reason: 'ships the logs of the node', owner: 'platform@example.com', expires: '2099-01-01' };
  expect(agent([Waiver.of('POD-12', waiver)])).not.toThrow();
});

it('a Job goes away a day after it has finished, and needs no probes', () => {
  const shop = testNamespace();
  new HardenedJob(shop, 'migrate', { image: IMAGE });
  const spec = only(synth(shop), 'Job')['spec'];
  expect(spec.ttlSecondsAfterFinished).toBe(24 * 60 * 60);
  expect(spec.template.spec.restartPolicy).toBe('Never');
});

it('a CronJob may start five minutes late, and its name leaves room for the Job’s', () => {
  const shop = testNamespace();
  new HardenedCronJob(shop, 'report', { image: IMAGE, schedule: Cron.daily() });
  expect(only(synth(shop), 'CronJob')['spec'].startingDeadlineSeconds).toBe(300);
  expect(() => new HardenedCronJob(shop, 'x'.repeat(53), { image: IMAGE, schedule: Cron.daily() })).toThrow(/at most 52/);
});

it.each([
  ['nginx', HardenedContainer.nginx({ image: IMAGE }), 8080, ['/tmp', '/var/cache/nginx', '/var/run']],
  ['postgres', HardenedContainer.postgres({ image: IMAGE }), 5432, ['/tmp', '/var/lib/postgresql/data', '/var/run/postgresql']],
  ['redis', HardenedContainer.redis({ image: IMAGE }), 6379, ['/data', '/tmp']],
])('the preset %s runs as it is, with what it must be able to write', (_name, container, port, writable) => {
  const shop = testNamespace();
  new HardenedDeployment(shop, 'app', { hardened: [container] });
  const main = containerOf(podOf(synth(shop), 'Deployment'));
  expect(main['ports'][0].containerPort).toBe(port);
  expect((main['volumeMounts'] as { mountPath: string }[]).map((mount) => mount.mountPath).sort()).toEqual(writable);
});

it('keeps volumes and mounts that cdk8s-plus made', () => {
  const shop = testNamespace();
  const web = new HardenedDeployment(shop, 'web', { image: IMAGE, probes: Probes.exec(['ok']) });
  web.containers[0]?.mount('/scratch', kplus.Volume.fromEmptyDir(shop, 'scratch', 'scratch', { sizeLimit: Size.mebibytes(5) }));
  const spec = podOf(synth(shop), 'Deployment');
  expect(spec['volumes']).toContainEqual({ name: 'scratch', emptyDir: { sizeLimit: '5Mi' } });
  expect(containerOf(spec)['volumeMounts']).toContainEqual({ name: 'scratch', mountPath: '/scratch' });
});
