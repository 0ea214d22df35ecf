import * as fs from 'node:fs';
import { ETCD_PARTS_IN_THE_CLEAR, etcdPartOf } from '../../src/control-plane/encryption/etcd-parts';
import { Cluster } from './cluster';
import type { EtcdEntry } from './cluster';
import { EncryptionSteps } from './cluster/encryption-steps';
import { until } from './cluster/processes';
import { GROUP_OF } from './proofs/personas';
import { proof } from './proofs/proof';

const WORD = 'not-for-everybody';

async function makeSecret(of: Cluster, name: string): Promise<void> {
  const args = ['create', 'secret', 'generic', name, '--namespace=kube-public', `--from-literal=word=${WORD}-${name}`];
  expect(await of.kubectl(args)).toMatchObject({ status: 0 });
}

/** What the Secrets hold, by their names. */
async function words(of: Cluster): Promise<Record<string, string>> {
  const { stdout } = await of.kubectl(['get', 'secrets', '--namespace=kube-public', '-o', 'json']);
  const { items } = JSON.parse(stdout) as { items: { metadata: { name: string }; data: { word: string } }[] };
  return Object.fromEntries(items.map(({ metadata, data }) => [metadata.name, Buffer.from(data.word, 'base64').toString()]));
}

const wordsOf = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, `${WORD}-${name}`]));

/** What wrote a value, such as `secretbox:v1:key-20261124-101500`; undefined for what is in the clear. */
const writerOf = ({ value }: EtcdEntry): string | undefined =>
  /^k8s:enc:([^:]+:v\d:[^:]+):/.exec(value.subarray(0, 200).toString('latin1'))?.[1];

/** The part of etcd in which a key lies, as `etcdPartOf` names it. */
function partOf({ key }: EtcdEntry): string {
  const [, , first = '', second = ''] = key.split('/');
  return first.includes('.') || first === 'services' ? `${first}/${second}` : first;
}

describe('a key on the host', () => {
  let cluster: Cluster;
  let steps: EncryptionSteps;
  beforeAll(async () => {
    cluster = await Cluster.start();
    steps = new EncryptionSteps(cluster, GROUP_OF['break-glass']);
    const applied = await cluster.kubectl(['apply', '--server-side', '-R', '-f', `${cluster.dist}/manifests`]);
    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(WIDGETS) })).toMatchObject({ status: 0 });
    await until(
      'there is a widget',
      async () => (await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(WIDGET) })).status === 0,
    );
    await makeSecret(cluster, 'first');
  }, 90_000);
  afterAll(() => cluster?.stop());

  const encrypted = async (): Promise<EtcdEntry[]> => (await cluster.etcdAll()).filter((entry) => writerOf(entry) !== undefined);
  const writers = async (): Promise<Set<string | undefined>> => new Set((await encrypted()).map(writerOf));

  proof('NET-22', 'everything in etcd is encrypted but events, leases and what the API server keeps for itself', async () => {
    const all = await cluster.etcdAll();
    const inTheClear = new Set(all.filter((entry) => writerOf(entry) === undefined).map(partOf));
    expect([...inTheClear].sort()).toEqual([...ETCD_PARTS_IN_THE_CLEAR, 'events', 'leases'].filter((part) => inTheClear.has(part)).sort());
    expect([...inTheClear]).toEqual(expect.arrayContaining(['events', 'leases']));
    const hidden = new Set((await encrypted()).map(partOf));
    expect([...hidden]).toEqual(
      expect.arrayContaining(['secrets', 'configmaps', 'serviceaccounts', 'clusterroles', 'example.com/widgets', 'services/specs']),
    );
    expect(all.filter(({ value }) => value.includes(WORD))).toEqual([]);
    expect(await steps.verify()).toMatchObject({ status: 0 });
  });

  it('looks in etcd where the API server puts things', async () => {
    const { stdout } = await cluster.kubectl(['api-resources', '--verbs=get,list,create,delete', '-o', 'name']);
    const resources = stdout
      .trim()
      .split('\n')
      .filter((name) => name !== 'events.events.k8s.io');
    const counted = await Promise.all(
      resources.map(async (name) => ({
        name,
        some: (await cluster.kubectl(['get', name, '--all-namespaces', '-o', 'name'])).stdout !== '',
      })),
    );
    const parts = new Set((await cluster.etcdAll()).map(partOf));
    const there = counted.filter(({ some }) => some).map(({ name }) => name);
    expect(there.length).toBeGreaterThan(25);
    expect(there.filter((name) => !parts.has(etcdPartOf(name)))).toEqual([]);
  });

  proof(
    ['NET-24', 'NET-22'],
    'a new key takes the place of the old one by the documented steps, and no Secret is lost',
    async () => {
      const [old] = await writers();
      const oldKey = String(/secret: (\S+)/.exec(fs.readFileSync(steps.file, 'utf8'))?.[1]);
      expect(await steps.key('add')).toMatchObject({ status: 0 });
      expect(await steps.loaded()).toMatchObject({ status: 0 }); // by itself, within a minute
      await makeSecret(cluster, 'second');
      expect(await writers()).toEqual(new Set([old]));
      expect(await steps.key('promote')).toMatchObject({ status: 0 });
      await loadNow();
      await makeSecret(cluster, 'third');
      expect((await writers()).size).toBe(2);
      expect(await steps.key('finish')).toMatchObject({ status: 1, stderr: expect.stringContaining('the old key stays') as string });
      expect(await words(cluster)).toEqual(wordsOf('first', 'second', 'third'));

      const [rewritten] = await Promise.all([steps.rewrite(), touch('second', 20)]);
      expect(rewritten).toMatchObject({ status: 0 });
      expect(await steps.key('finish')).toMatchObject({ status: 0 });
      await loadNow();
      await makeSecret(cluster, 'fourth');
      const [fresh, ...others] = await writers();
      expect([fresh === old, others]).toEqual([false, []]);
      expect(await words(cluster)).toEqual(wordsOf('first', 'second', 'third', 'fourth'));
      expect(fs.readdirSync(steps.folder).sort()).toEqual(['encryption.yaml', 'skeleton.yaml']);
      expect(fs.readFileSync(steps.file, 'utf8')).not.toContain(oldKey);
    },
    300_000,
  );

  proof('NET-24', 'what lies in the clear is found and encrypted; after strict it is not believed', async () => {
    const planted = '/registry/secrets/kube-public/planted';
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted', namespace: 'kube-public' }, data: {} };
    await cluster.etcdPut(planted, JSON.stringify(secret));
    expect(await steps.verify()).toMatchObject({ status: 1, stdout: expect.stringMatching(/secrets .*<- 1 not written by/) as string });
    expect(await steps.key('strict')).toMatchObject({ status: 1, stderr: expect.stringContaining('identity stays') as string });
    expect(await steps.rewrite()).toMatchObject({ status: 0 });
    expect(await steps.key('strict')).toMatchObject({ status: 0 });
    await loadNow();
    expect(await cluster.kubectl(['get', 'secret', 'planted', '--namespace=kube-public'])).toMatchObject({ status: 0 });
    await cluster.etcdPut(planted, JSON.stringify(secret));
    const read = await cluster.kubectl(['get', 'secret', 'planted', '--namespace=kube-public']);
    expect(read).toMatchObject({ status: 1, stderr: expect.stringMatching(/no matching prefix found/) as string });
  });

  /** Changes a Secret again and again, as somebody who does not know of the rewriting. */
  async function touch(name: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const args = ['annotate', 'secret', name, '--namespace=kube-public', '--overwrite', `time=${time}`];
      expect(await cluster.kubectl(args)).toMatchObject({ status: 0 });
    }
  }

  /** An API server that starts reads the file: half a minute sooner, on average, than one that runs. */
  async function loadNow(): Promise<void> {
    await cluster.restart('kube-apiserver');
    expect(await steps.loaded()).toMatchObject({ status: 0 });
  }
});

const WIDGETS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
const WIDGET = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one', namespace: 'kube-public' }, word: WORD };

describe('a key service', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ kms: true, controllers: false });
    await makeSecret(cluster, 'first');
  });
  afterAll(() => cluster?.stop());

  proof('NET-23', 'with a key service the host has no key, and Secrets are written by it', async () => {
    expect(fs.readFileSync(new EncryptionSteps(cluster, 'nobody').file, 'utf8')).not.toMatch(/secret:/);
    const stored = { key: '', value: (await cluster.etcdGet('/registry/secrets/kube-public/first')) as Buffer };
    expect([writerOf(stored), stored.value.includes(WORD)]).toEqual(['kms:v2:kms-test', false]);
    expect(await words(cluster)).toEqual(wordsOf('first'));
  });

  proof(
    'NET-23',
    'while the key service is down a running API server goes on and says so, a new one waits for it, and nothing is lost',
    async () => {
      const verbose = async (): Promise<string> => (await cluster.requestWith('super-admin.conf', '/readyz?verbose')).text;
      await cluster.kill('kms');
      await until('it is not ready', async () => (await cluster.request('/readyz')).status === 500, 60_000);
      expect(await verbose()).toContain('[-]kms-providers failed');
      await makeSecret(cluster, 'meanwhile'); // with the key that it has in memory
      expect(await words(cluster)).toEqual(wordsOf('first', 'meanwhile'));

      const before = cluster.pidOf('kube-apiserver');
      // It asks again at growing intervals, so that it can take longer than an API server may take otherwise.
      const restarted = cluster.restart('kube-apiserver').catch(() => undefined);
      await until('another one answers', async () => {
        const pid = cluster.pidOf('kube-apiserver');
        return pid !== undefined && pid !== before && (await verbose().catch(() => '')).includes('[-]kms-providers failed');
      });
      // Roles are encrypted too: it knows nobody's rights, and answers probes with 403.
      expect((await cluster.request('/livez')).status).toBe(403);
      expect((await cluster.kubectl(['get', 'secrets', '--namespace=kube-public'])).stderr).toContain('Forbidden');
      await cluster.startKms();
      await restarted;
      await until('it is ready', async () => (await cluster.request('/readyz')).status === 200, 120_000);
      expect(await words(cluster)).toEqual(wordsOf('first', 'meanwhile'));
    },
    300_000,
  );
});
