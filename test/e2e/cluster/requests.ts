import * as fs from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { SecureVersion } from 'node:tls';
import { parse } from 'yaml';

/** Options of a request. */
export interface RequestOptions {
  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly token?: string;
  /** Client certificate and key, PEM. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** The newest TLS that is offered. */
  readonly maxVersion?: SecureVersion;
  /** Keeps connections for the next request. @default - each has one of its own */
  readonly agent?: https.Agent;
  /** @default 20000 */
  readonly timeoutMs?: number;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request; without an authority the certificate of the server is not looked at. */
export function send(url: URL, ca: Buffer | undefined, options: RequestOptions): Promise<Answer> {
  const { method = 'GET', body, token, cert, key, maxVersion, agent = false, timeoutMs = 20_000 } = options;
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...options.headers,
  };
  const tls = { ca, cert, key, maxVersion, rejectUnauthorized: ca !== undefined };
  return new Promise((done, failed) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, { method, headers: headers, agent, timeout: timeoutMs, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', failed);
      response.once('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.once('timeout', () => request.destroy(new Error(`${method} ${url.href}: no answer after ${timeoutMs / 1000} s`)));
    request.once('error', failed);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The client certificate of a kubeconfig. */
export function clientOf(kubeconfig: string): { readonly cert: Buffer; readonly key: Buffer } {
  const config = parse(fs.readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const user = config.users[0].user;
  return { cert: Buffer.from(user['client-certificate-data'], 'base64'), key: Buffer.from(user['client-key-data'], 'base64') };
}

interface Kubeconfig {
  readonly users: readonly [{ readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }];
}
