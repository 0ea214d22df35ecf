import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster } from './cluster';
import { strangeClient } from './cluster/certificates';
import type { Client } from './cluster/certificates';
import { handshake } from './cluster/handshakes';
import type { Ports } from './cluster/ports';
import { clientOf, send } from './cluster/requests';
import { sharedCluster } from './cluster/shared-cluster';
import { proof } from './proofs/proof';

const cluster = sharedCluster();

/** As kubeadm makes it by itself, with an etcd that asks nobody who they are. */
let plain: Cluster;
beforeAll(async () => {
  plain = await Cluster.start({ hardened: false, tamper: ({ host }) => openEtcd(host) });
});
afterAll(() => plain?.stop());

function openEtcd(host: string): void {
  const manifest = path.join(host, 'etc/kubernetes/manifests/etcd.yaml');
  const text = fs.readFileSync(manifest, 'utf8');
  fs.writeFileSync(manifest, text.replace(/ +- --(client-cert-auth|trusted-ca-file)=.*\n/g, ''));
}

const SERVERS = ['apiServer', 'etcdClient', 'etcdPeer', 'controllerManager', 'scheduler'] as const satisfies readonly (keyof Ports)[];
type Server = (typeof SERVERS)[number];

/** The same question to every server. */
async function ofEach<T>(ask: (server: Server) => Promise<T>, servers: readonly Server[] = SERVERS): Promise<Record<string, T>> {
  return Object.fromEntries(await Promise.all(servers.map(async (server) => [server, await ask(server)] as const)));
}

const each = (answer: unknown): object => Object.fromEntries(SERVERS.map((server) => [server, answer]));

/** A certificate of the host's files, with its key. */
function certificate(of: Cluster, name: string): Client {
  const read = (end: string): Buffer => fs.readFileSync(path.join(of.host, 'etc/kubernetes/pki', `${name}.${end}`));
  return { cert: read('crt'), key: read('key') };
}

/** etcd wants a certificate before it agrees on anything; the others pass one that they do not know over. */
const offers = (of: Cluster, maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
  ofEach((server) => handshake(of.ports[server], { maxVersion, ...certificate(of, 'etcd/peer') }));

proof(['NET-20', 'NET-14'], 'API server, etcd, controller manager and scheduler refuse TLS 1.2, which kubeadm leaves on', async () => {
  expect(await offers(cluster, 'TLSv1.2')).toEqual(each('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'));
  expect(await offers(cluster, 'TLSv1.3')).toEqual(each(expect.stringMatching(/^TLSv1\.3 TLS_/)));
  expect(await offers(plain, 'TLSv1.2')).toEqual(each(expect.stringMatching(/^TLSv1\.2 TLS_/)));
});

proof('NET-20', 'with a floor of TLS 1.2 only suites that CIS accepts are taken', async () => {
  const compatible = await Cluster.start({
    controllers: false,
    change: (blueprint) => ({ ...blueprint, controlPlane: { ...blueprint.controlPlane, tls: '1.2' } }),
  });
  const SUITES = ['ECDSA', 'RSA'].flatMap((key) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-SHA', 'AES256-SHA'].map((rest) => `ECDHE-${key}-${rest}`),
  );
  const taken = async (of: Cluster, server: Server): Promise<string[]> => {
    const asked = async (suite: string): Promise<string> => {
      const ciphers = `${suite}:@SECLEVEL=0`; // OpenSSL would not even offer the weak ones
      return handshake(of.ports[server], { maxVersion: 'TLSv1.2', ciphers, ...certificate(of, 'etcd/peer') });
    };
    const answers = await Promise.all(SUITES.map(async (suite) => ((await asked(suite)).startsWith('TLSv1.2 ') ? [suite] : [])));
    return answers.flat();
  };
  try {
    const ofEcdsa = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384']; // the certificates are of ECDSA
    const servers = ['apiServer', 'etcdClient', 'etcdPeer'] as const;
    expect(await ofEach((server) => taken(compatible, server), servers)).toEqual(
      Object.fromEntries(servers.map((server) => [server, ofEcdsa])),
    );
    expect(await taken(plain, 'apiServer')).toContain('ECDHE-RSA-AES128-SHA');
  } finally {
    await compatible.stop();
  }
});

/** A status, or how the connection ended. */
function outcome(url: string, options: Parameters<typeof send>[2]): Promise<number | string> {
  return send(new URL(url), undefined, { timeoutMs: 5000, ...options }).then(
    ({ status }) => status,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}

proof('NET-13', 'no server of the control plane says anything without TLS', async () => {
  const inTheClear = (server: Server): Promise<number | string> => outcome(`http://127.0.0.1:${cluster.ports[server]}/version`, {});
  expect(await ofEach(inTheClear)).toEqual({
    ...each(400), // "Client sent an HTTP request to an HTTPS server."
    etcdClient: 'ECONNRESET',
    etcdPeer: 'ECONNRESET',
  });
});

proof('NET-13', 'controller manager and scheduler tell nobody without a name more than that they live', async () => {
  const ask = (target: string) => (server: Server) => outcome(`https://127.0.0.1:${cluster.ports[server]}${target}`, {});
  const servers = ['controllerManager', 'scheduler'] as const;
  const both = (status: number): object => Object.fromEntries(servers.map((server) => [server, status]));
  expect(await ofEach(ask('/healthz'), servers)).toEqual(both(200));
  for (const target of ['/metrics', '/configz', '/debug/pprof/', '/flagz']) {
    expect([target, await ofEach(ask(target), servers)]).toEqual([target, both(403)]);
  }
});

proof('NET-17', 'etcd answers to certificates of its own authority alone', async () => {
  /** What somebody gets who reads the whole store, or the list of members from the port for peers. */
  const read = (of: Cluster, who: Partial<Client>) =>
    Promise.all([
      outcome(`https://127.0.0.1:${of.ports.etcdClient}/v3/kv/range`, { method: 'POST', body: WHOLE_STORE, ...who }),
      outcome(`https://127.0.0.1:${of.ports.etcdPeer}/members`, who),
    ]);
  expect(await read(cluster, {})).toEqual(Array(2).fill('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'));
  const strangers = [clientOf(cluster.kubeconfig), certificate(cluster, 'apiserver-kubelet-client'), await strangeClient()];
  for (const stranger of [...strangers, certificate(plain, 'etcd/peer')]) {
    expect(await read(cluster, stranger)).toEqual(Array(2).fill('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'));
  }
  expect(await read(cluster, certificate(cluster, 'apiserver-etcd-client'))).toEqual([200, 200]);
  expect(await read(plain, {})).toEqual([200, expect.stringContaining('ALERT')]);
});

const WHOLE_STORE = { key: Buffer.from('/registry/').toString('base64'), range_end: Buffer.from('/registry0').toString('base64') };
