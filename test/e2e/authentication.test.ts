import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { VALID_POD } from '../../src/rules';
import { Cluster } from './cluster';
import { expiredClient, strangeClient } from './cluster/certificates';
import { Issuer } from './cluster/issuer';
import type { Claims } from './cluster/issuer';
import { until } from './cluster/processes';
import type { Answer } from './cluster/requests';
import { proof } from './proofs/proof';

/** The hardened cluster, and the same with what guards logins taken out of its files. Both trust the issuer. */
let cluster: Cluster;
let loosened: Cluster;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await Issuer.start();
  cluster = await Cluster.start({ issuer, controllers: false });
  loosened = await Cluster.start({ issuer, controllers: false, tamper: ({ host }) => loosen(host) });
  await Promise.all([cluster, loosened].map(prepare));
}, 90_000);
afterAll(async () => {
  await Promise.all([cluster?.stop(), loosened?.stop()]);
  await issuer.stop();
});

function loosen(host: string): void {
  edit(path.join(host, 'etc/kubernetes/hardening/authentication'), /./, (text) =>
    text
      .replace(/anonymous:\n( .*\n)+/, 'anonymous: { enabled: true }\n')
      .replace(/ {4}claimValidationRules:\n( {6}.*\n)+/, '')
      .replace(/ {4}userValidationRules:\n( {6}.*\n)+/, '')
      .replaceAll('prefix: "oidc:"', 'prefix: ""'),
  );
  edit(path.join(host, 'etc/kubernetes/manifests'), /^kube-apiserver/, (text) =>
    text.replace('--service-account-extend-token-expiration=false', '--service-account-extend-token-expiration=true'),
  );
}

function edit(folder: string, name: RegExp, change: (text: string) => string): void {
  for (const file of fs.readdirSync(folder).filter((entry) => name.test(entry))) {
    fs.writeFileSync(path.join(folder, file), change(fs.readFileSync(path.join(folder, file), 'utf8')));
  }
}

/** A namespace with the service account of the valid Pod. */
async function prepare(of: Cluster): Promise<void> {
  await created(of, '/api/v1/namespaces', { metadata: { name: 'shop' } });
  await created(of, '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'web' } });
}

interface BoundPod {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A pod, as what a token can be for. It stays pending. */
async function podIn(of: Cluster): Promise<BoundPod> {
  const pod = { ...VALID_POD, metadata: { generateName: 'web-' } };
  const { metadata } = (await created(of, '/api/v1/namespaces/shop/pods', pod)) as { metadata: { name: string; uid: string } };
  return { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid };
}

async function created(of: Cluster, target: string, body: object): Promise<unknown> {
  const answer = await of.requestWith('admin.conf', target, { method: 'POST', body });
  expect(answer).toMatchObject({ status: 201 });
  return JSON.parse(answer.text);
}

/** Who the API server says that somebody is. */
async function who(of: Cluster, token: string): Promise<unknown> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const answer = await of.request('/apis/authentication.k8s.io/v1/selfsubjectreviews', { method: 'POST', body, token });
  return answer.status === 201 ? (JSON.parse(answer.text) as { status: { userInfo: unknown } }).status.userInfo : answer.status;
}

const now = (): number => Math.floor(Date.now() / 1000);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('requests without credentials', () => {
  const NOT_HEALTH = [
    ...['/livez/ping', '/readyz/etcd', '/healthz/', '/version', '/metrics', '/openapi/v3', '/.well-known/openid-configuration'],
    ...['/api', '/apis', '/api/v1/secrets', '/api/v1/namespaces/kube-public/configmaps/cluster-info', '/debug/pprof/', '/logs/'],
  ];

  proof('AUTH-02', 'requests without credentials reach health paths, to the letter, and are nobody anywhere else', async () => {
    const statuses = async (of: Cluster) => Promise.all(NOT_HEALTH.map(async (target) => (await of.request(target)).status));
    expect(await statuses(cluster)).toEqual(NOT_HEALTH.map(() => 401));
    const livez = async (method: string): Promise<number> => (await cluster.request('/livez?verbose', { method })).status;
    expect(await livez('GET')).toBe(200);
    // Where the file does not say which paths, everybody is system:anonymous everywhere.
    expect(new Set(await statuses(loosened))).toEqual(new Set([200, 403]));
    expect(await loosened.request('/version')).toMatchObject({ status: 200 });
  });

  proof(['AUTH-02', 'NET-14'], 'requests with headers of a proxy, and without its certificate, are nobody too', async () => {
    const headers = { 'X-Remote-User': 'kubernetes-admin', 'X-Remote-Group': 'system:masters', 'Impersonate-User': 'system:admin' };
    expect(await cluster.request('/api/v1/secrets', { headers })).toMatchObject({ status: 401 });
    const pki = path.join(cluster.host, 'etc/kubernetes/pki');
    const [cert, key] = ['crt', 'key'].map((end) => fs.readFileSync(path.join(pki, `front-proxy-client.${end}`)));
    const proxied = { cert, key, headers: { 'X-Remote-User': 'ann', 'X-Remote-Group': 'system:masters' } };
    expect(await cluster.request('/api/v1/secrets', proxied)).toMatchObject({ status: 200 });
  });
});

describe('people', () => {
  proof('AUTH-01', 'people log in with a token of their identity provider, as names with its prefix', async () => {
    expect(await who(cluster, issuer.token({ groups: ['shop-devs', 'platform'] }))).toEqual({
      username: 'oidc:ann@example.com',
      uid: 'u-1',
      groups: ['oidc:shop-devs', 'oidc:platform', 'system:authenticated'],
    });
    expect(await who(cluster, issuer.token({ groups: 'shop-devs' }))).toMatchObject({
      groups: ['oidc:shop-devs', 'system:authenticated'],
    });
  });

  const REFUSED: readonly (readonly [string, () => Claims])[] = [
    ['is for another audience', () => ({ aud: 'grafana' })],
    ['names no audience', () => ({ aud: undefined })],
    ['has expired', () => ({ iat: now() - 1200, exp: now() - 600 })],
    ['is not valid yet', () => ({ nbf: now() + 600 })],
    ['is of another issuer', () => ({ iss: 'https://id.example.net' })],
    ['lives longer than an hour', () => ({ exp: now() + 7200 })],
    ['does not say when it was issued', () => ({ iat: undefined })],
    ['does not expire', () => ({ exp: undefined })],
    ['has an address that is not verified', () => ({ email_verified: false })],
    ['does not say whether the address is verified', () => ({ email_verified: undefined })],
    ['has no address', () => ({ email: undefined })],
    ['has an empty address', () => ({ email: '' })],
  ];

  proof(
    'AUTH-01',
    `${REFUSED.length} tokens of the identity provider are refused: other audience, issuer or time, no verified name`,
    async () => {
      const answers = await Promise.all(REFUSED.map(async ([what, claims]) => [what, await who(cluster, issuer.token(claims()))]));
      expect(answers).toEqual(REFUSED.map(([what]) => [what, 401]));
    },
  );

  it('would be let in with some of these tokens, did the file not refuse them', async () => {
    const claims = [{ exp: now() + 7200 }, { iat: undefined }, { email: 'Ann', email_verified: undefined }];
    const answers = await Promise.all(claims.map((of) => who(loosened, issuer.token(of))));
    expect(answers).toEqual(
      ['ann@example.com', 'ann@example.com', 'Ann'].map((username) => expect.objectContaining({ username }) as unknown),
    );
  });

  proof('AUTH-01', 'tokens that nobody signed, that another key signed, or that were changed, are refused', async () => {
    const [header, claims, signature] = issuer.token().split('.') as [string, string, string];
    const stranger = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const none = part({ alg: 'none', typ: 'JWT', kid: 'test' });
    const shared = `${part({ alg: 'HS256', typ: 'JWT', kid: 'test' })}.${claims}`;
    const tokens = {
      'no signature': `${none}.${claims}.`,
      'signature of another header': `${none}.${claims}.${signature}`,
      'HMAC with what everybody knows': `${shared}.${crypto.createHmac('sha256', issuer.url).update(shared).digest('base64url')}`,
      'key of a stranger': issuer.token({}, stranger),
      'other claims': `${header}.${part({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims), groups: ['oncall'] })}.${signature}`,
      'no token at all': 'kubernetes-admin',
    };
    const answers = await Promise.all(Object.entries(tokens).map(async ([what, token]) => [what, await who(cluster, token)]));
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(Object.keys(tokens).map((what) => [what, 401])));
    expect(await who(cluster, `${header}.${claims}.${signature}`)).toMatchObject({ username: 'oidc:ann@example.com' });
  });

  proof(['AUTH-01', 'AUTH-07'], 'whom the identity provider calls system:masters is not', async () => {
    const token = issuer.token({ groups: ['system:masters', 'kubeadm:cluster-admins'], email: 'system:admin' });
    expect(await who(cluster, token)).toMatchObject({
      username: 'oidc:system:admin',
      groups: ['oidc:system:masters', 'oidc:kubeadm:cluster-admins', 'system:authenticated'],
    });
    expect(await cluster.request('/api/v1/secrets', { token })).toMatchObject({ status: 403 });
    // Without prefix and conditions the identity provider makes administrators.
    expect(await loosened.request('/api/v1/secrets', { token })).toMatchObject({ status: 200 });
  });
});

describe('client certificates', () => {
  const asked = (of: Cluster, client: { readonly cert: Buffer; readonly key: Buffer }): Promise<Answer> =>
    of.request('/api/v1/namespaces', client);

  proof('NET-14', 'client certificates are taken from the authority of the cluster, while they are valid', async () => {
    expect(await cluster.requestWith('admin.conf', '/api/v1/namespaces')).toMatchObject({ status: 200 });
    expect(await asked(cluster, await strangeClient())).toMatchObject({ status: 401 });
    expect(await asked(cluster, await expiredClient(path.join(cluster.host, 'etc/kubernetes/pki')))).toMatchObject({ status: 401 });
  });
});

describe('tokens of service accounts', () => {
  /** A token as the API server gives one. */
  async function tokenOf(of: Cluster, account: string, spec: object): Promise<string> {
    const answer = await created(of, `/api/v1/namespaces/shop/serviceaccounts/${account}/token`, { spec });
    return (answer as { status: { token: string } }).status.token;
  }

  const claimsOf = (token: string): Readonly<Record<string, unknown>> =>
    JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as Record<string, unknown>;

  proof('POD-20', 'tokens of service accounts are for an audience: the API server takes none that is for another', async () => {
    const token = await tokenOf(cluster, 'web', { audiences: ['https://vault.example.com'], expirationSeconds: 3600 });
    expect(await who(cluster, token)).toBe(401);
    const review = async (audience: string): Promise<unknown> =>
      created(cluster, '/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token, audiences: [audience] } });
    expect(await review('https://vault.example.com')).toMatchObject({ status: { authenticated: true } });
    expect((await review('https://db.example.com')) as object).not.toMatchObject({ status: { authenticated: true } });
    expect(await who(cluster, await tokenOf(cluster, 'web', { expirationSeconds: 3600 }))).toMatchObject({
      username: 'system:serviceaccount:shop:web',
    });
  });

  proof('POD-20', 'tokens of pods live as long as was asked for, and are not made to last a year', async () => {
    const lives = async (of: Cluster): Promise<number> => {
      // This is what the kubelet asks for where the pod says nothing, and what the API server prolongs.
      const { exp, iat } = claimsOf(await tokenOf(of, 'web', { expirationSeconds: 3607, boundObjectRef: await podIn(of) }));
      return (exp as number) - (iat as number);
    };
    expect(await lives(cluster)).toBe(3607);
    expect(await lives(loosened)).toBe(365 * 24 * 3600);
  });

  proof('POD-20', 'tokens of service accounts are refused when they have expired', async () => {
    const key = crypto.createPrivateKey(fs.readFileSync(path.join(cluster.host, 'etc/kubernetes/pki/sa.key')));
    const good = claimsOf(await tokenOf(cluster, 'web', { expirationSeconds: 3600 }));
    const signed = (claims: object): string => {
      const text = `${part({ alg: key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256' })}.${part({ ...good, ...claims })}`;
      return `${text}.${crypto.sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    expect(await who(cluster, signed({}))).toMatchObject({ username: 'system:serviceaccount:shop:web' });
    expect(await who(cluster, signed({ iat: now() - 7200, nbf: now() - 7200, exp: now() - 3600 }))).toBe(401);
    expect(await who(cluster, signed({ iss: 'https://kubernetes.example.net' }))).toBe(401);
  });

  proof(['POD-20', 'AUTH-10'], 'tokens end with the pod, and with the account, that they are for', async () => {
    await created(cluster, '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'short' } });
    const pod = await podIn(cluster);
    const ofPod = await tokenOf(cluster, 'web', { expirationSeconds: 3600, boundObjectRef: pod });
    const ofAccount = await tokenOf(cluster, 'short', { expirationSeconds: 3600 });
    expect(await Promise.all([ofPod, ofAccount].map((token) => who(cluster, token)))).toEqual([expect.anything(), expect.anything()]);
    const end = (target: string): Promise<Answer> => cluster.requestWith('admin.conf', target, { method: 'DELETE' });
    expect(await end(`/api/v1/namespaces/shop/pods/${pod.name}`)).toMatchObject({ status: 200 });
    expect(await end('/api/v1/namespaces/shop/serviceaccounts/short')).toMatchObject({ status: 200 });
    // The API server remembers a good token for ten seconds.
    await until('both are refused', async () => (await who(cluster, ofPod)) === 401 && (await who(cluster, ofAccount)) === 401);
  });

  proof(['POD-20', 'AUTH-10'], 'a node gets a token only for a pod that runs there', async () => {
    const asNode = await cluster.requestWith('kubelet.conf', '/api/v1/namespaces/shop/serviceaccounts/web/token', {
      method: 'POST',
      body: { spec: { expirationSeconds: 3600 } },
    });
    expect(asNode).toMatchObject({ status: 403 });
  });
});
