import * as path from 'node:path';

/** The kubeconfig with which the API server calls a webhook. Certificates and keys are files on the host, never in it. */
export interface WebhookKubeconfig {
  readonly apiVersion: 'v1';
  readonly kind: 'Config';
  readonly clusters: readonly {
    readonly name: string;
    readonly cluster: { readonly server: string; readonly 'certificate-authority': string };
  }[];
  readonly users: readonly {
    readonly name: string;
    readonly user: { readonly 'client-certificate': string; readonly 'client-key': string };
  }[];
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user?: string } }[];
  readonly 'current-context': string;
}

/**
 * A kubeconfig for a webhook at `server`. `ca.crt`, and `client.crt` and `client.key` where it asks for a client certificate,
 * are put into `folder` by who runs the webhook.
 */
export function webhookKubeconfig(server: string, folder: string, clientCertificate = true): WebhookKubeconfig {
  const file = (name: string): string => path.posix.join(folder, name);
  const user = clientCertificate ? 'kube-apiserver' : undefined;
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'webhook', cluster: { server, 'certificate-authority': file('ca.crt') } }],
    users: user ? [{ name: user, user: { 'client-certificate': file('client.crt'), 'client-key': file('client.key') } }] : [],
    contexts: [{ name: 'webhook', context: { cluster: 'webhook', ...(user ? { user } : {}) } }],
    'current-context': 'webhook',
  };
}

/** Why the API server should not call a webhook at this URL; undefined if it may. */
export function webhookUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return 'is not a URL';
  }
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'https:') {
    return 'is not https';
  }
  if (username !== '' || password !== '') {
    return 'has a user or a password in it';
  }
  return search !== '' || hash !== '' ? 'has a query or a fragment: a token there would lie in a file' : undefined;
}
