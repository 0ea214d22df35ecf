import * as crypto from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import type { AuditPolicy } from '../../src';
import { Cluster } from './cluster';
import { until } from './cluster/processes';
import { proof } from './proofs/proof';

/** Rotates at one megabyte and keeps three files, may be read by a group; and the system that events go to hangs up on everybody. */
let busy: Cluster;
let sink: net.Server;
let calls = 0;
beforeAll(async () => {
  sink = net.createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await once(sink.listen(0, '127.0.0.1'), 'listening');
  const { port } = sink.address() as net.AddressInfo;
  busy = await Cluster.start({
    controllers: false,
    change: (blueprint) => ({
      ...blueprint,
      audit: {
        ...blueprint.audit,
        log: { readerGroup: 10001 },
        webhook: { server: `https://127.0.0.1:${port}/events`, clientCertificate: false },
      },
    }),
    tamper: ({ host }) => {
      makeReady(host);
      recordSecrets(host);
      rotateSoon(host);
    },
  });
});
afterAll(async () => {
  await busy?.stop();
  sink.close();
});

/** The policy as it must not be: Secrets are recorded like everything else. */
function recordSecrets(host: string): void {
  const folder = path.join(host, 'etc/kubernetes/hardening/audit');
  for (const file of fs.readdirSync(folder).filter((name) => name.startsWith('policy'))) {
    const policy = parse(fs.readFileSync(path.join(folder, file), 'utf8')) as AuditPolicy;
    const rules = policy.rules.filter(({ resources = [] }) => !resources.some((of) => of.resources?.includes('secrets')));
    fs.writeFileSync(path.join(folder, file), stringify({ ...policy, rules }));
  }
}

/** Less than CIS takes, so that a test need not write a gigabyte. */
function rotateSoon(host: string): void {
  const manifest = path.join(host, 'etc/kubernetes/manifests/kube-apiserver.yaml');
  const text = fs.readFileSync(manifest, 'utf8');
  fs.writeFileSync(
    manifest,
    text.replace('--audit-log-maxsize=100', '--audit-log-maxsize=1').replace('--audit-log-maxbackup=10', '--audit-log-maxbackup=3'),
  );
}

/** What the operator does: the authority of the webhook, and folder and file as systemd-tmpfiles makes them. */
function makeReady(host: string): void {
  const folder = path.join(host, 'etc/kubernetes/hardening/audit');
  fs.copyFileSync(path.join(host, 'etc/kubernetes/pki/ca.crt'), path.join(folder, 'ca.crt'));
  for (const file of fs.readdirSync(folder).filter((name) => name.startsWith('webhook'))) {
    const kubeconfig = fs.readFileSync(path.join(folder, file), 'utf8');
    fs.writeFileSync(path.join(folder, file), kubeconfig.replaceAll('/etc/kubernetes', `${host}/etc/kubernetes`));
  }
  const lines = fs.readFileSync(path.join(host, 'etc/tmpfiles.d/kubernetes-audit.conf'), 'utf8');
  for (const [, type, at, mode] of lines.matchAll(/^([df]) (\S+) (\d+) /gm)) {
    if (type === 'f') fs.writeFileSync(path.join(host, String(at)), '');
    fs.chmodSync(path.join(host, String(at)), parseInt(String(mode), 8));
  }
}

const folder = (): string => path.join(busy.host, 'var/log/kubernetes/audit');
const files = (): string[] => fs.readdirSync(folder()).sort();

/** Makes and unmakes services with so many bytes in them; returns the names that the requests have in the log. */
async function write(count: number, bytes: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = crypto.randomUUID();
    const body = { metadata: { generateName: 'busy-', annotations: { padding: 'x'.repeat(bytes) } }, spec: { ports: [{ port: 80 }] } };
    const answer = await busy.requestWith('admin.conf', '/api/v1/namespaces/kube-public/services?dryRun=All', {
      method: 'POST',
      body,
      headers: { 'Audit-ID': id },
    });
    expect(answer).toMatchObject({ status: 201 });
    ids.push(id);
  }
  return ids;
}

proof(['LOG-02', 'LOG-13'], 'the log rotates and compresses without losing a record, also while the sink is down', async () => {
  const ids = await write(50, 20_000);
  await until('a rotated file is compressed', () => Promise.resolve(files().some((name) => name.endsWith('.log.gz'))));
  await until('no file is being compressed', () => Promise.resolve(files().every((name) => name === 'audit.log' || name.endsWith('.gz'))));
  const recorded = new Set(busy.auditRecords().map(({ auditID }) => auditID));
  expect(ids.filter((id) => !recorded.has(id))).toEqual([]);
  await until('the sink was called', () => Promise.resolve(calls > 0));
});

proof('LOG-02', 'the oldest files go, and those that stay keep the mode in which they were made', async () => {
  await write(150, 20_000);
  await until('three rotated files are left', () => Promise.resolve(files().filter((name) => name.endsWith('.gz')).length === 3));
  const modes = [folder(), ...files().map((name) => path.join(folder(), name))].map((file) => (fs.statSync(file).mode & 0o777).toString(8));
  expect(modes).toEqual(['750', '640', '640', '640', '640']);
});

proof('LOG-02', 'a record above 100 KiB is written without its bodies, and says so', async () => {
  const [id] = await write(1, 200_000);
  const record = busy.auditRecords().find(({ auditID }) => auditID === id);
  expect(record).toMatchObject({ level: 'RequestResponse', annotations: { 'audit.k8s.io/truncated': 'true' } });
  expect([record?.requestObject, record?.responseObject]).toEqual([undefined, undefined]);
});

it('has what a Secret holds when the policy has no rule for Secrets: the other side of LOG-03', async () => {
  const body = { metadata: { name: 'audited' }, data: { word: Buffer.from('hidden-in-the-secret').toString('base64') } };
  await busy.requestWith('admin.conf', '/api/v1/namespaces/kube-public/secrets', { method: 'POST', body });
  expect(JSON.stringify(busy.auditRecords())).toContain(body.data.word);
});
