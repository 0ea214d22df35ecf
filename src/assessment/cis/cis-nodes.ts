import { absent, absentOr, among, atLeast, given, has, hasNot, is, isNot } from './cis-check';
import type { CisCheck, CisLook, FlagTest } from './cis-check';

const SERVICE = ['/usr/lib/systemd/system/kubelet.service'];
const KUBECONFIG = ['/etc/kubernetes/kubelet.conf'];
const CLIENT_CA = ['/etc/kubernetes/pki/ca.crt'];
const CONFIGURATION = ['/var/lib/kubelet/config.yaml'];

/** Spellings that 4.2.12 takes: other than those of the API server. */
const KUBELET_SUITES = ['ECDSA', 'RSA'].flatMap((key) =>
  ['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'CHACHA20_POLY1305'].map((suite) => `TLS_ECDHE_${key}_WITH_${suite}`),
);

const SCORED = true;
const MANUAL = false;

function check(id: string, title: string, scored: boolean, look: CisLook): CisCheck {
  return { id, title, scored, on: 'nodes', look };
}

function modes(id: number, what: string, scored: boolean, paths: readonly string[], most = 0o600): CisCheck[] {
  return [
    check(`4.1.${id}`, `${what}: mode ${most.toString(8)} or tighter`, scored, { at: 'mode', paths, most }),
    check(`4.1.${id + 1}`, `${what}: owner root:root`, scored, { at: 'owner', paths, owner: 'root:root' }),
  ];
}

function kubelet(
  id: string,
  title: string,
  scored: boolean,
  ...tests: readonly [flag: string, field: string | undefined, passes: FlagTest['passes']][]
): CisCheck {
  return check(id, title, scored, { at: 'kubelet', tests: tests.map(([flag, field, passes]) => ({ flag, field, passes })) });
}

/** Checks of every node (target node), as kube-bench's cis-1.12 makes them. */
export const CIS_NODES: readonly CisCheck[] = [
  ...modes(1, 'unit of the kubelet', SCORED, SERVICE),
  check('4.1.3', 'kubeconfig of kube-proxy: mode 600 or tighter', MANUAL, { at: 'nowhere' }),
  check('4.1.4', 'kubeconfig of kube-proxy: owner root:root', MANUAL, { at: 'nowhere' }),
  ...modes(5, 'kubeconfig of the kubelet', SCORED, KUBECONFIG),
  ...modes(7, 'certificate authority for clients', MANUAL, CLIENT_CA, 0o644),
  ...modes(9, 'configuration of the kubelet', SCORED, CONFIGURATION),
  kubelet('4.2.1', 'no anonymous requests to the kubelet', SCORED, ['anonymous-auth', 'authentication.anonymous.enabled', is('false')]),
  kubelet('4.2.2', 'the kubelet asks what a client may do', SCORED, ['authorization-mode', 'authorization.mode', hasNot('AlwaysAllow')]),
  kubelet('4.2.3', 'the kubelet knows clients by a certificate authority', SCORED, [
    'client-ca-file',
    'authentication.x509.clientCAFile',
    given,
  ]),
  kubelet('4.2.4', 'no port without TLS', MANUAL, ['read-only-port', 'readOnlyPort', absentOr(is('0'))]),
  kubelet('4.2.5', 'idle connections end', MANUAL, [
    'streaming-connection-idle-timeout',
    'streamingConnectionIdleTimeout',
    absentOr(isNot('0')),
  ]),
  kubelet('4.2.6', 'the kubelet keeps its rules of iptables', SCORED, [
    'make-iptables-util-chains',
    'makeIPTablesUtilChains',
    absentOr(is('true')),
  ]),
  kubelet('4.2.7', 'nodes have the name of the host', MANUAL, ['hostname-override', undefined, absent]),
  kubelet('4.2.8', 'events are recorded', MANUAL, ['event-qps', 'eventRecordQPS', absentOr(atLeast(0))]),
  kubelet(
    '4.2.9',
    'a certificate of the kubelet from files',
    MANUAL,
    ['tls-cert-file', 'tlsCertFile', given],
    ['tls-private-key-file', 'tlsPrivateKeyFile', given],
  ),
  kubelet('4.2.10', 'client certificates of kubelets rotate', SCORED, ['rotate-certificates', 'rotateCertificates', absentOr(is('true'))]),
  kubelet('4.2.11', 'serving certificates of kubelets rotate', MANUAL, [
    'feature-gates',
    'featureGates.RotateKubeletServerCertificate',
    absentOr((value) => value !== 'false' && !value?.includes('RotateKubeletServerCertificate=false')),
  ]),
  kubelet('4.2.12', 'strong suites of TLS for the kubelet', MANUAL, ['tls-cipher-suites', 'tlsCipherSuites', among(KUBELET_SUITES)]),
  kubelet('4.2.13', 'process ids of a pod are limited', MANUAL, ['pod-max-pids', 'podPidsLimit', given]),
  kubelet('4.2.14', 'seccomp by default', MANUAL, ['seccomp-default', 'seccompDefault', given]),
  check('4.3.1', 'metrics of kube-proxy on the node itself', SCORED, {
    at: 'flags',
    program: 'kube-proxy',
    tests: [{ flag: 'metrics-bind-address', passes: absentOr(has('127.0.0.1')) }],
  }),
];
