import type { Program } from '../../rules';
import { absent, absentOr, among, atLeast, given, has, hasNot, is, isNot } from './cis-check';
import type { CisCheck, CisLook, FlagTest } from './cis-check';

const MANIFESTS = '/etc/kubernetes/manifests';
const PKI = '/etc/kubernetes/pki';
const ADMIN = ['/etc/kubernetes/admin.conf', '/etc/kubernetes/super-admin.conf'];

/** Spellings that 1.2.29 takes. */
const API_SERVER_SUITES = [
  ...['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
  ...['ECDSA', 'RSA'].flatMap((key) =>
    ['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'CHACHA20_POLY1305', 'CHACHA20_POLY1305_SHA256'].map(
      (suite) => `TLS_ECDHE_${key}_WITH_${suite}`,
    ),
  ),
];

const SCORED = true;
const MANUAL = false;

function check(id: string, title: string, scored: boolean, look: CisLook): CisCheck {
  return { id, title, scored, on: 'control-plane', look };
}

function flags(
  program: Program,
): (id: string, title: string, scored: boolean, ...tests: readonly [flag: string, passes: FlagTest['passes']][]) => CisCheck {
  return (id, title, scored, ...tests) =>
    check(id, title, scored, { at: 'flags', program, tests: tests.map(([flag, passes]) => ({ flag, passes })) });
}

function modes(id: number, what: string, paths: readonly string[], most = 0o600, owner = 'root:root'): CisCheck[] {
  return [
    check(`1.1.${id}`, `${what}: mode ${most.toString(8)} or tighter`, SCORED, { at: 'mode', paths, most }),
    check(`1.1.${id + 1}`, `${what}: owner ${owner}`, SCORED, { at: 'owner', paths, owner }),
  ];
}

const apiServer = flags('kube-apiserver');
const controllerManager = flags('kube-controller-manager');
const scheduler = flags('kube-scheduler');
const etcd = flags('etcd');

/**
 * Checks of control-plane nodes (targets master, etcd and controlplane), as kube-bench's cis-1.12 makes them.
 *
 * @see https://github.com/aquasecurity/kube-bench/tree/main/cfg/cis-1.12
 */
export const CIS_CONTROL_PLANE: readonly CisCheck[] = [
  ...modes(1, 'pod of the API server', [`${MANIFESTS}/kube-apiserver.yaml`]),
  ...modes(3, 'pod of the controller manager', [`${MANIFESTS}/kube-controller-manager.yaml`]),
  ...modes(5, 'pod of the scheduler', [`${MANIFESTS}/kube-scheduler.yaml`]),
  ...modes(7, 'pod of etcd', [`${MANIFESTS}/etcd.yaml`]),
  check('1.1.9', 'files of the network plugin: mode 600 or tighter', MANUAL, { at: 'network-plugin' }),
  check('1.1.10', 'files of the network plugin: owner root:root', MANUAL, { at: 'network-plugin' }),
  ...modes(11, 'data of etcd', ['/var/lib/etcd'], 0o700, 'etcd:etcd'),
  ...modes(13, 'credentials of administrators', ADMIN),
  ...modes(15, 'kubeconfig of the scheduler', ['/etc/kubernetes/scheduler.conf']),
  ...modes(17, 'kubeconfig of the controller manager', ['/etc/kubernetes/controller-manager.conf']),
  check('1.1.19', 'certificates and keys: owner root:root', SCORED, {
    at: 'owner',
    paths: [`${PKI}/ca.crt`, `${PKI}/ca.key`, `${PKI}/etcd/ca.crt`],
    owner: 'root:root',
  }),
  check('1.1.20', 'certificates: mode 644 or tighter', MANUAL, { at: 'mode', paths: [`${PKI}/ca.crt`, `${PKI}/etcd/ca.crt`], most: 0o644 }),
  check('1.1.21', 'keys: mode 600', MANUAL, { at: 'mode', paths: [`${PKI}/ca.key`, `${PKI}/etcd/ca.key`], most: 0o600 }),

  apiServer('1.2.1', 'no anonymous requests', MANUAL, ['anonymous-auth', is('false')]),
  apiServer('1.2.2', 'no file of tokens', SCORED, ['token-auth-file', absent]),
  apiServer('1.2.3', 'external addresses of Services are refused', MANUAL, ['enable-admission-plugins', has('DenyServiceExternalIPs')]),
  apiServer('1.2.4', 'a client certificate for kubelets', SCORED, ['kubelet-client-certificate', given], ['kubelet-client-key', given]),
  apiServer('1.2.5', 'kubelets are checked by a certificate authority', SCORED, ['kubelet-certificate-authority', given]),
  apiServer('1.2.6', 'not everything is allowed', SCORED, ['authorization-mode', hasNot('AlwaysAllow')]),
  apiServer('1.2.7', 'nodes are authorized by Node', SCORED, ['authorization-mode', has('Node')]),
  apiServer('1.2.8', 'RBAC is on', SCORED, ['authorization-mode', has('RBAC')]),
  apiServer('1.2.9', 'the rate of events is limited', MANUAL, ['enable-admission-plugins', has('EventRateLimit')]),
  apiServer('1.2.10', 'not everything is admitted', SCORED, ['enable-admission-plugins', absentOr(hasNot('AlwaysAdmit'))]),
  apiServer('1.2.11', 'images are always pulled', MANUAL, ['enable-admission-plugins', has('AlwaysPullImages')]),
  apiServer('1.2.12', 'pods get their service account', SCORED, ['disable-admission-plugins', absentOr(hasNot('ServiceAccount'))]),
  apiServer('1.2.13', 'nothing is made in a namespace that ends', SCORED, [
    'disable-admission-plugins',
    absentOr(hasNot('NamespaceLifecycle')),
  ]),
  apiServer('1.2.14', 'a node changes no other node', SCORED, ['enable-admission-plugins', has('NodeRestriction')]),
  apiServer('1.2.15', 'no profiles of the API server', SCORED, ['profiling', is('false')]),
  apiServer('1.2.16', 'an audit log', SCORED, ['audit-log-path', given]),
  apiServer('1.2.17', 'audit logs of 30 days', SCORED, ['audit-log-maxage', atLeast(30)]),
  apiServer('1.2.18', '10 audit logs', SCORED, ['audit-log-maxbackup', atLeast(10)]),
  apiServer('1.2.19', 'audit logs of 100 MB', SCORED, ['audit-log-maxsize', atLeast(100)]),
  check('1.2.20', 'requests end in time', MANUAL, { at: 'nothing' }),
  apiServer('1.2.21', 'tokens of service accounts that are gone are refused', SCORED, ['service-account-lookup', absentOr(is('true'))]),
  apiServer('1.2.22', 'a key for tokens of service accounts', SCORED, ['service-account-key-file', given]),
  apiServer('1.2.23', 'a client certificate for etcd', SCORED, ['etcd-certfile', given], ['etcd-keyfile', given]),
  apiServer('1.2.24', 'a certificate of the API server', SCORED, ['tls-cert-file', given], ['tls-private-key-file', given]),
  apiServer('1.2.25', 'a certificate authority for clients', SCORED, ['client-ca-file', given]),
  apiServer('1.2.26', 'a certificate authority for etcd', SCORED, ['etcd-cafile', given]),
  apiServer('1.2.27', 'encryption at rest', MANUAL, ['encryption-provider-config', given]),
  check('1.2.28', 'a strong provider of encryption', MANUAL, { at: 'provider', allowed: ['aescbc', 'kms', 'secretbox'] }),
  apiServer('1.2.29', 'strong suites of TLS for the API server', MANUAL, ['tls-cipher-suites', among(API_SERVER_SUITES)]),
  apiServer('1.2.30', 'tokens of pods are not prolonged', SCORED, ['service-account-extend-token-expiration', is('false')]),

  controllerManager('1.3.1', 'finished pods are removed', MANUAL, ['terminated-pod-gc-threshold', given]),
  controllerManager('1.3.2', 'no profiles of the controller manager', SCORED, ['profiling', is('false')]),
  controllerManager('1.3.3', 'an account for each controller', SCORED, ['use-service-account-credentials', isNot('false')]),
  controllerManager('1.3.4', 'a key that signs tokens', SCORED, ['service-account-private-key-file', given]),
  controllerManager('1.3.5', 'a certificate authority for pods', SCORED, ['root-ca-file', given]),
  controllerManager('1.3.6', 'serving certificates of kubelets rotate', SCORED, [
    'feature-gates',
    absentOr(hasNot('RotateKubeletServerCertificate=false')),
  ]),
  controllerManager('1.3.7', 'the controller manager listens on the node itself', SCORED, ['bind-address', absentOr(is('127.0.0.1'))]),
  scheduler('1.4.1', 'no profiles of the scheduler', SCORED, ['profiling', is('false')]),
  scheduler('1.4.2', 'the scheduler listens on the node itself', SCORED, ['bind-address', absentOr(is('127.0.0.1'))]),

  etcd('2.1', 'a certificate of etcd', SCORED, ['cert-file', given], ['key-file', given]),
  etcd('2.2', 'etcd asks for client certificates', SCORED, ['client-cert-auth', is('true')]),
  etcd('2.3', 'etcd makes no certificate of its own', SCORED, ['auto-tls', absentOr(is('false'))]),
  etcd('2.4', 'a certificate of etcd for its peers', SCORED, ['peer-cert-file', given], ['peer-key-file', given]),
  etcd('2.5', 'etcd asks peers for certificates', SCORED, ['peer-client-cert-auth', is('true')]),
  etcd('2.6', 'etcd makes no certificate for peers of its own', SCORED, ['peer-auto-tls', absentOr(is('false'))]),
  etcd('2.7', 'a certificate authority for etcd alone', MANUAL, ['trusted-ca-file', given]),

  check('3.1.1', 'no client certificates for people', MANUAL, { at: 'nothing' }),
  check('3.1.2', 'no tokens of service accounts for people', MANUAL, { at: 'nothing' }),
  check('3.1.3', 'no bootstrap tokens for people', MANUAL, { at: 'nothing' }),
  apiServer('3.2.1', 'an audit policy', MANUAL, ['audit-policy-file', given]),
  check('3.2.2', 'an audit policy that covers what matters', MANUAL, { at: 'nothing' }),
];
