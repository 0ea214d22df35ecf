import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import type { BlueprintProps } from '../../../src';
import { ADVERTISED } from './command-lines';
import { runOrFail } from './commands';
import { programPath } from './programs';

/** The client id that tokens are for. */
export const AUDIENCE = 'kubernetes';

/** Claims of a token that are not what they should be, for the red side. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * An identity provider on loopback: discovery and keys over https, with a certificate of an authority of its own, which the
 * blueprint of the cluster names. Logging in is what it has not: it signs what a test asks for.
 */
export class Issuer {
  private constructor(
    private readonly server: https.Server,
    private readonly authority: string,
    private readonly key: crypto.KeyObject,
  ) {}

  public static async start(): Promise<Issuer> {
    const pki = await makeCertificates();
    const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const server = https.createServer({ cert: pki.cert, key: pki.key }, (request, response) => {
      const url = `https://localhost:${(server.address() as AddressInfo).port}`;
      const documents: Readonly<Record<string, unknown>> = {
        '/.well-known/openid-configuration': {
          issuer: url,
          jwks_uri: `${url}/keys`,
          response_types_supported: ['id_token'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
        },
        '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'ES256', use: 'sig' }] },
      };
      const document = documents[request.url ?? ''];
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Issuer(server, pki.authority, privateKey);
  }

  /** What `iss` says. */
  public get url(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Changes a blueprint so that the cluster takes tokens of this provider. */
  public readonly trustedBy = (blueprint: BlueprintProps): BlueprintProps => ({
    ...blueprint,
    access: { ...blueprint.access, oidc: { issuer: this.url, audiences: [AUDIENCE], certificateAuthority: this.authority } },
  });

  /** A token that lives ten minutes; the claims replace or take away (undefined) those that a good one has. */
  public token(claims: Claims = {}, key: crypto.KeyObject = this.key): string {
    const now = Math.floor(Date.now() / 1000);
    const good = {
      iss: this.url,
      aud: AUDIENCE,
      sub: 'u-1',
      email: 'ann@example.com',
      email_verified: true,
      groups: [],
      iat: now,
      exp: now + 600,
    };
    const text = [
      { alg: 'ES256', typ: 'JWT', kid: KEY_ID },
      { ...good, ...claims },
    ]
      .map(encoded)
      .join('.');
    return `${text}.${crypto.sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}

const KEY_ID = 'test';

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** An authority, and a certificate for localhost. kubeadm makes them: Node.js makes none. */
async function makeCertificates(): Promise<{ readonly authority: string; readonly cert: Buffer; readonly key: Buffer }> {
  const kubeadm = programPath('1.36', 'kubeadm');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'issuer-'));
  try {
    const config = path.join(folder, 'kubeadm.yaml');
    const apiVersion = 'kubeadm.k8s.io/v1beta4';
    const documents = [
      { apiVersion, kind: 'InitConfiguration', localAPIEndpoint: { advertiseAddress: ADVERTISED } },
      {
        apiVersion,
        kind: 'ClusterConfiguration',
        kubernetesVersion: 'v1.36.0',
        certificatesDir: folder,
        apiServer: { certSANs: ['localhost'] },
      },
    ];
    fs.writeFileSync(config, documents.map((document) => JSON.stringify(document)).join('\n---\n'));
    for (const phase of ['ca', 'apiserver']) {
      await runOrFail(kubeadm, ['init', 'phase', 'certs', phase, '--config', config]);
    }
    const read = (name: string): Buffer => fs.readFileSync(path.join(folder, name));
    return { authority: read('ca.crt').toString('utf8'), cert: read('apiserver.crt'), key: read('apiserver.key') };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
