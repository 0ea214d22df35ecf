import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster } from './cluster';
import { expire } from './cluster/certificates';
import { run, runOrFail } from './cluster/commands';
import { until } from './cluster/processes';
import type { Answer } from './cluster/requests';
import { proof } from './proofs/proof';

/** What of `kubectl get -f` says the same before and after an apply that changes nothing. */
async function objects(of: Cluster): Promise<string[]> {
  const { stdout } = await of.kubectl(['get', '-R', '-f', `${of.dist}/manifests`, '-o', 'json', '--ignore-not-found']);
  if (stdout === '') return [];
  const { items } = JSON.parse(stdout) as { items: { kind: string; metadata: { namespace?: string; name: string; uid: string } }[] };
  return items.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name, metadata.uid].join(' ')).sort();
}

const apply = (of: Cluster) => of.kubectl(['apply', '--server-side', '--validate=strict', '-R', '-f', `${of.dist}/manifests`]);

/** Makes a ConfigMap in kube-public. */
function write(of: Cluster, name: string): Promise<Answer> {
  const body = { metadata: { name } };
  return of.requestWith('admin.conf', '/api/v1/namespaces/kube-public/configmaps', { method: 'POST', body, timeoutMs: 5000 });
}

/** The names of those that are there. */
async function written(of: Cluster): Promise<string[]> {
  const answer = await of.requestWith('admin.conf', '/api/v1/namespaces/kube-public/configmaps');
  return (JSON.parse(answer.text) as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
}

/** Writes one after the other until the cluster answers no more; returns the names of which it said that they are written. */
async function writeUntilItFails(of: Cluster): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let index = 0; ; index += 1) {
    const answer = await write(of, `write-${index}`).catch(() => undefined);
    if (answer?.status !== 201) return acknowledged;
    acknowledged.push(`write-${index}`);
  }
}

describe('a control plane of one', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start();
  });
  afterAll(() => cluster?.stop());

  it('comes to what was meant when the API server is killed during the first apply and the apply is run again', async () => {
    const first = apply(cluster);
    const tenant = (): Promise<Answer> => cluster.requestWith('admin.conf', '/api/v1/namespaces/payments');
    await until('a part is applied', async () => (await tenant()).status === 200);
    await cluster.kill('kube-apiserver');
    expect((await first).status).not.toBe(0);
    await cluster.restart('kube-apiserver');
    const part = await objects(cluster);
    expect(await apply(cluster)).toMatchObject({ status: 0 });
    const all = await objects(cluster);
    expect([part.length > 0, part.length < all.length]).toEqual([true, true]);
    expect(all).toEqual(expect.arrayContaining(part)); // nothing was made anew
    expect(await apply(cluster)).toMatchObject({ status: 0, stderr: '' });
    expect(await objects(cluster)).toEqual(all);
  });

  it('loses nothing that was acknowledged when etcd is killed, and goes on by itself when etcd is back', async () => {
    const pid = cluster.pidOf('kube-apiserver');
    const writing = writeUntilItFails(cluster);
    await until('something is written', async () => (await written(cluster)).includes('write-5'));
    await cluster.kill('etcd');
    const acknowledged = await writing;
    expect(acknowledged.length).toBeGreaterThan(5);
    expect((await cluster.request('/readyz').catch(() => undefined))?.status).not.toBe(200);
    await cluster.restart('etcd');
    await until('it is ready', async () => (await cluster.request('/readyz')).status === 200);
    expect(await written(cluster)).toEqual(expect.arrayContaining(acknowledged));
    await until('it writes', async () => (await write(cluster, 'after-etcd')).status === 201);
    expect(cluster.pidOf('kube-apiserver')).toBe(pid);
  });

  proof(
    'NET-20',
    'an expired certificate of the API server is refused; the check names it, and the renewed one is taken without a restart',
    async () => {
      const pki = path.join(cluster.host, 'etc/kubernetes/pki');
      const pid = cluster.pidOf('kube-apiserver');
      await expire(pki, 'apiserver');
      await until('it is in use', async () => (await cluster.kubectl(['version'])).stderr.includes('certificate has expired'), 90_000);
      const check = await renewCheck(cluster);
      expect(check).toMatchObject({ status: 1, stdout: expect.stringContaining('pki/apiserver.crt') as string });
      await runOrFail(cluster.programOf('kubeadm'), ['certs', 'renew', 'apiserver', '--cert-dir', pki]);
      await until('the new one is in use', async () => (await cluster.kubectl(['version'])).status === 0, 90_000);
      expect((await renewCheck(cluster)).stdout).not.toContain('apiserver.crt');
      expect(cluster.pidOf('kube-apiserver')).toBe(pid);
    },
    200_000,
  );

  proof(
    'NET-20',
    'an expired certificate of etcd keeps an API server from starting; etcd takes the renewed one without a restart',
    async () => {
      const pki = path.join(cluster.host, 'etc/kubernetes/pki');
      const pid = cluster.pidOf('etcd');
      await expire(pki, 'etcd/server');
      const said = cluster.logs('kube-apiserver').length;
      const restarted = cluster.restart('kube-apiserver');
      await until('it says why', () => Promise.resolve(/certificate has expired/.test(cluster.logs('kube-apiserver').slice(said))));
      await runOrFail(cluster.programOf('kubeadm'), ['certs', 'renew', 'etcd-server', '--cert-dir', pki]);
      await restarted;
      expect(cluster.pidOf('etcd')).toBe(pid);
      expect(await written(cluster)).toContain('after-etcd');
    },
  );
});

/** `renew-kubernetes-certificates --check`, with the folder that stands for the root of the host before its paths. */
function renewCheck(of: Cluster) {
  const script = fs.readFileSync(path.join(of.host, 'usr/local/sbin/renew-kubernetes-certificates'), 'utf8');
  const moved = path.join(of.folder, 'renew-kubernetes-certificates');
  fs.writeFileSync(moved, script.replaceAll(/(?<=[= ])\/(etc|var)\//g, `${of.host}/$1/`), { mode: 0o700 });
  return run('bash', [moved, '--check']);
}

/** What becomes of a write whose record cannot be written. */
const MODES = {
  blocking: { title: 'requests go on unrecorded, and are counted', status: 201, stored: true },
  'blocking-strict': { title: 'requests are refused, but health probes, and nothing is done unrecorded', status: 500, stored: false },
} as const;

describe.each(Object.entries(MODES))('an audit log that cannot grow, in the mode %s', (mode, { title, status, stored }) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({
      controllers: false,
      change: (blueprint) => ({ ...blueprint, audit: { ...blueprint.audit, log: { mode: mode as keyof typeof MODES } } }),
    });
  });
  afterAll(() => cluster?.stop());

  /** Files of the API server cannot grow beyond this: to it, what a full disk is, and the disk of this machine stays as it is. */
  const limitFiles = (bytes: number | 'unlimited'): Promise<string> =>
    runOrFail('prlimit', ['--pid', String(cluster.pidOf('kube-apiserver')), `--fsize=${bytes}:`]);
  const errors = async (): Promise<number> => {
    const { text } = await cluster.requestWith('super-admin.conf', '/metrics');
    return Number(/^apiserver_audit_error_total\{plugin="log"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  proof('LOG-02', `disk full, mode ${mode}: ${title}; with space again all are recorded`, async () => {
    expect(await write(cluster, 'before')).toMatchObject({ status: 201 });
    expect(await errors()).toBe(0);
    await limitFiles(fs.statSync(path.join(cluster.host, 'var/log/kubernetes/audit/audit.log')).size);
    expect(await write(cluster, 'during')).toMatchObject({ status });
    expect(await cluster.request('/livez')).toMatchObject({ status: 200 });
    await limitFiles('unlimited');
    expect(await write(cluster, 'after')).toMatchObject({ status: 201 });
    expect(await errors()).toBeGreaterThan(0);
    expect((await written(cluster)).includes('during')).toBe(stored);
    const recorded = cluster.auditRecords().map(({ objectRef }) => objectRef?.name);
    expect(['before', 'during', 'after'].filter((name) => recorded.includes(name))).toEqual(['before', 'after']);
    expect(cluster.logs('kube-apiserver')).toContain('file too large');
  });
});
