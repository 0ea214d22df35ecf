/**
 * What TLS 1.2 may be spoken with. Facts: kube-bench cfg/cis-1.12 (master.yaml 1.2.29, node.yaml 4.2.12); Go takes no list for
 * TLS 1.3, whose suites are all of this kind (kubernetes/kubernetes#115399).
 */

/** Oldest version that a component speaks. */
export const TLS_VERSIONS = ['1.3', '1.2'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** The suites that both CIS checks accept: those of the API server and of the kubelet spell ChaCha20 differently. */
export const TLS12_CIPHERS = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
] as const;

/** Every suite with forward secrecy and authenticated encryption, in all spellings that Kubernetes and etcd know. */
export const STRONG_CIPHERS: ReadonlySet<string> = new Set([
  ...TLS12_CIPHERS,
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
]);

/** Spelling of a version in the flags and files of Kubernetes. */
export function kubernetesTlsVersion(version: TlsVersion): 'VersionTLS13' | 'VersionTLS12' {
  return version === '1.3' ? 'VersionTLS13' : 'VersionTLS12';
}

/** Spelling of a version in the flags of etcd, which refuses that of Kubernetes. */
export function etcdTlsVersion(version: TlsVersion): 'TLS1.3' | 'TLS1.2' {
  return `TLS${version}`;
}
