import { is } from './field-check';
import type { FieldCheck } from './field-check';
import { scalarText } from './unknown-data';

/** Most process ids that a pod may have and still be called bounded (CIS 4.2.13 names no number; the default is that of the node). */
export const MAX_POD_PIDS = 16_384;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost', ''];

/** What a KubeletConfiguration must hold. Numbers are those of kube-bench cis-1.12. */
export const KUBELET_CHECKS: readonly FieldCheck[] = [
  {
    field: 'authentication.anonymous.enabled', // 4.2.1
    safe: is(false),
    risk: 'whoever reaches port 10250 may run commands in every container of the node',
    control: 'AUTH-03',
    remedy: 'set false',
  },
  {
    field: 'authentication.webhook.enabled',
    safe: is(true),
    risk: 'tokens of service accounts are not asked about, so that nobody with one is known',
    control: 'AUTH-03',
    remedy: 'set true',
  },
  {
    field: 'authentication.x509.clientCAFile', // 4.2.3
    safe: (value) => typeof value === 'string' && value.startsWith('/'),
    required: true,
    risk: 'the kubelet trusts no client certificate, that of the API server neither',
    control: 'AUTH-03',
    remedy: "name the cluster's certificate authority, such as /etc/kubernetes/pki/ca.crt",
  },
  {
    field: 'authorization.mode', // 4.2.2
    safe: is('Webhook'),
    risk: 'the kubelet does not ask the API server what a client may do',
    control: 'AUTH-03',
    remedy: 'set Webhook',
  },
  {
    field: 'readOnlyPort', // 4.2.4
    safe: is(0),
    risk: 'what runs on the node can be read without TLS and without a name',
    control: 'NET-13',
    remedy: 'set 0',
  },
  {
    field: 'healthzBindAddress',
    safe: (value) => LOOPBACK.includes(scalarText(value)),
    risk: 'a port without TLS is open to the network',
    control: 'NET-13',
    remedy: 'remove it; the default is 127.0.0.1',
  },
  {
    field: 'streamingConnectionIdleTimeout', // 4.2.5; without effect since 1.34, and still scanned
    safe: (value) => !/^[-+]?(0[a-zµμ]*)+$/.test(scalarText(value)),
    risk: 'a forgotten connection into a container stays open',
    control: 'AUTH-09',
    remedy: 'set 5m0s',
  },
  {
    field: 'makeIPTablesUtilChains', // 4.2.6
    safe: is(true),
    risk: "the kubelet does not keep the rules that other programs read the node's state from",
    control: 'UPG-04',
    remedy: 'remove it, or set true',
  },
  {
    field: 'eventRecordQPS', // 4.2.8; kubernetes/kubernetes#117119
    safe: (value) => typeof value === 'number' && value > 0,
    risk: 'from 1.37 on that is no limit at all: a broken pod floods the API server and drowns the events that matter',
    control: 'LOG-17',
    remedy: 'set 50, or a larger number for a large node',
  },
  {
    field: 'rotateCertificates', // 4.2.10
    safe: is(true),
    required: true,
    risk: 'the certificate that the kubelet identifies itself with ends, and with it the node',
    control: 'NET-20',
    remedy: 'set true',
  },
  {
    field: 'tlsMinVersion',
    safe: (value) => value === 'VersionTLS13' || value === 'VersionTLS12',
    risk: 'the kubelet speaks a TLS version that is broken, or does not start because it knows no such version',
    control: 'NET-20',
    remedy: 'set VersionTLS13 or VersionTLS12',
  },
  {
    field: 'podPidsLimit', // 4.2.13, which a negative number passes
    safe: (value) => typeof value === 'number' && value > 0 && value <= MAX_POD_PIDS,
    required: true,
    risk: 'a fork bomb in one pod takes every process id of the node',
    control: 'NET-09',
    remedy: `set 4096 (at most ${MAX_POD_PIDS})`,
  },
  {
    field: 'systemReserved.pid',
    safe: reserved,
    required: true,
    risk: 'pods together can take the process ids that the host needs to be reached',
    control: 'NET-09',
    remedy: "set pid: '1000'",
  },
  {
    field: 'kubeReserved.pid',
    safe: reserved,
    required: true,
    risk: 'pods together can take the process ids that kubelet and runtime need',
    control: 'NET-09',
    remedy: "set pid: '1000'",
  },
  {
    field: 'seccompDefault', // 4.2.14, which looks for the field and not for its value
    safe: is(true),
    required: true,
    risk: 'containers that name no profile may make every system call',
    control: 'POD-16',
    remedy: 'set true',
  },
  {
    field: 'protectKernelDefaults',
    safe: is(true),
    required: true,
    risk: "the kubelet changes the kernel's settings instead of refusing a host that was set otherwise",
    control: 'UPG-04',
    remedy: 'set true, and write the six kernel settings that it compares (KernelSettings)',
  },
  {
    field: 'allowedUnsafeSysctls',
    safe: (value) => Array.isArray(value) && value.length === 0,
    risk: 'a pod may change settings of the kernel that others feel',
    control: 'POD-22',
    remedy: 'remove it',
  },
  {
    field: 'imagePullCredentialsVerificationPolicy', // kubernetes/kubernetes#135228
    safe: (value) => value !== 'NeverVerify',
    risk: 'a pod may run a private image because somebody else has pulled it to the node',
    control: 'POD-07',
    remedy: 'set NeverVerifyPreloadedImages or AlwaysVerify',
  },
  {
    field: 'staticPodURL',
    safe: is(''),
    risk: 'whoever answers at that address runs pods past admission',
    control: 'POD-08',
    remedy: 'remove it; lay static pods into a folder of the host',
  },
  ...['enableProfilingHandler', 'enableDebugFlagsHandler'].map((field): FieldCheck => ({
    field,
    safe: is(false),
    required: true,
    risk: 'the kubelet shows its memory, or changes its log level, to who may reach it',
    control: 'AUTH-09',
    remedy: 'set false',
  })),
  ...['enableSystemLogHandler', 'enableSystemLogQuery'].map((field): FieldCheck => ({
    field,
    safe: is(false),
    required: field === 'enableSystemLogHandler',
    risk: "who may reach the kubelet reads the host's /var/log",
    control: 'AUTH-09',
    remedy: 'set false; an agent on the node collects the logs',
  })),
  {
    field: 'failCgroupV1',
    safe: is(true),
    risk: 'on cgroup v1 several bounds of memory and process ids do not hold',
    control: 'NET-09',
    remedy: 'remove it, and boot hosts with cgroup v2',
  },
];

function reserved(value: unknown): boolean {
  return Number(value) > 0;
}
