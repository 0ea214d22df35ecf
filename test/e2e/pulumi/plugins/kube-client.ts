import * as fs from 'node:fs';
import * as https from 'node:https';
import { parse } from 'yaml';
import type { KubeObject } from '../../../../src';

/** An answer of the API server that is none of success. */
export class StatusError extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[];
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Requests to the API server of a kubeconfig with client certificates, and what it serves. */
export class KubeClient {
  private readonly server: string;
  private readonly agent: https.Agent;
  private readonly served = new Map<string, readonly ApiResource[]>();

  /** @throws if there is no such context */
  public constructor(kubeconfig: string, context?: string) {
    const config = parse(fs.readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
    const name = context ?? config['current-context'];
    const chosen = config.contexts.find((candidate) => candidate.name === name)?.context;
    const cluster = config.clusters.find((candidate) => candidate.name === chosen?.cluster)?.cluster;
    const user = config.users.find((candidate) => candidate.name === chosen?.user)?.user;
    if (!cluster || !user) throw new Error(`context "${name}" does not exist`);
    const data = (from: Readonly<Record<string, string>>, field: string) => Buffer.from(from[`${field}-data`] as string, 'base64');
    this.server = cluster['server'] as string;
    this.agent = new https.Agent({
      keepAlive: true,
      maxSockets: 32,
      ca: data(cluster, 'certificate-authority'),
      cert: data(user, 'client-certificate'),
      key: data(user, 'client-key'),
    });
  }

  /** @throws StatusError with what the API server says */
  public send(method: string, path: string, body?: object, type = 'application/json'): Promise<KubeObject> {
    const headers = { accept: 'application/json', ...(body && { 'content-type': type }) };
    return new Promise((resolve, reject) => {
      const request = https.request(new URL(path, this.server), { agent: this.agent, method, headers, timeout: 30_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode = 0 } = response;
          if (statusCode < 300) resolve(JSON.parse(text) as KubeObject);
          else reject(new StatusError(statusCode, messageOf(text)));
        });
      });
      request.once('timeout', () => request.destroy(new Error(`${method} ${path}: no answer`)));
      request.once('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }

  /** Where an object lies; undefined if its kind is not served. */
  public async pathOf({ apiVersion, kind, metadata }: KubeObject): Promise<string | undefined> {
    const root = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`;
    const find = async (fresh: boolean): Promise<ApiResource | undefined> => {
      const list = (!fresh && this.served.get(root)) || (await this.resources(root));
      this.served.set(root, list);
      return list.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    };
    const resource = (await find(false)) ?? (await find(true)); // a definition may have come since
    const namespace = resource?.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return resource && `${root}${namespace}/${resource.name}/${encodeURIComponent(metadata.name)}`;
  }

  private async resources(root: string): Promise<readonly ApiResource[]> {
    try {
      return (await this.send('GET', root))['resources'] as ApiResource[];
    } catch (error) {
      if (error instanceof StatusError && error.status === 404) return [];
      throw error;
    }
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text;
  }
}
