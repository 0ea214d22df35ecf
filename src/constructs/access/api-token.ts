/** Where client libraries look for the token, the CA and the namespace. */
export const API_TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Seconds after which the kubelet has replaced the token. */
export const API_TOKEN_SECONDS = 3600;

/** Audience that the API server of kubeadm, kind, k3s and RKE2 clusters answers to. */
export const DEFAULT_API_AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

const VOLUME = 'kube-api-access';

/** Whose token it is. */
export interface ApiTokenOptions {
  /** Audience of the token. */
  readonly audience: string;
}

/** A volume of a pod and its mount, as Kubernetes has them. */
export interface ApiTokenVolume {
  readonly volume: Record<string, unknown>;
  readonly mount: Record<string, unknown>;
}

/** A short-lived token with an audience, where client libraries expect it (POD-20). */
export function apiTokenVolume({ audience }: ApiTokenOptions): ApiTokenVolume {
  const sources = [
    { serviceAccountToken: { audience, expirationSeconds: API_TOKEN_SECONDS, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
  ];
  return {
    volume: { name: VOLUME, projected: { defaultMode: 0o440, sources } },
    mount: { name: VOLUME, mountPath: API_TOKEN_PATH, readOnly: true },
  };
}
