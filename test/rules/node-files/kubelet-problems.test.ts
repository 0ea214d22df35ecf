import fc from 'fast-check';
import { kubeletProblems } from '../../../src/rules';
import { SUPPORTED_MINORS } from '../../../src/settings';
import { kubeletDocument } from '../../../src/control-plane';
import { KUBELET_CHECKS } from '../../../src/rules/node-files/kubelet-checks';
import { spec } from '../../control-plane/cluster';

const VALID = kubeletDocument(spec()) as unknown as Readonly<Record<string, unknown>>;

/** The valid document with one part changed; undefined removes it. */
function withField(path: string, value: unknown): unknown {
  const copy = structuredClone(VALID) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() as string;
  const parent = names.reduce((at, name) => (at[name] ??= {}) as Record<string, unknown>, copy);
  parent[last] = value;
  return JSON.parse(JSON.stringify(copy)) as unknown; // as a file has it: no undefined
}

const WEAK: readonly (readonly [field: string, value: unknown, control: string])[] = [
  ['authentication.anonymous.enabled', true, 'AUTH-03'],
  ['authentication.webhook.enabled', false, 'AUTH-03'],
  ['authentication.x509.clientCAFile', undefined, 'AUTH-03'],
  ['authorization.mode', 'AlwaysAllow', 'AUTH-03'],
  ['readOnlyPort', 10255, 'NET-13'],
  ['healthzBindAddress', '0.0.0.0', 'NET-13'],
  ['streamingConnectionIdleTimeout', '0s', 'AUTH-09'],
  ['makeIPTablesUtilChains', false, 'UPG-04'],
  ['eventRecordQPS', 0, 'LOG-17'],
  ['rotateCertificates', undefined, 'NET-20'],
  ['tlsMinVersion', 'VersionTLS11', 'NET-20'],
  ['tlsMinVersion', 'TLS1.3', 'NET-20'],
  ['podPidsLimit', -1, 'NET-09'],
  ['podPidsLimit', undefined, 'NET-09'],
  ['systemReserved.pid', '0', 'NET-09'],
  ['kubeReserved.pid', undefined, 'NET-09'],
  ['seccompDefault', undefined, 'POD-16'],
  ['protectKernelDefaults', false, 'UPG-04'],
  ['allowedUnsafeSysctls', ['kernel.msg*'], 'POD-22'],
  ['imagePullCredentialsVerificationPolicy', 'NeverVerify', 'POD-07'],
  ['staticPodURL', 'http://example.com/pods', 'POD-08'],
  ['enableProfilingHandler', true, 'AUTH-09'],
  ['enableDebugFlagsHandler', undefined, 'AUTH-09'],
  ['enableSystemLogHandler', true, 'AUTH-09'],
  ['enableSystemLogQuery', true, 'AUTH-09'],
  ['failCgroupV1', false, 'NET-09'],
  ['serverTLSBootstrap', undefined, 'NET-14'],
  ['failSwapOn', false, 'NET-22'],
  ['tlsCipherSuites', ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'], 'NET-20'],
  ['mergeDefaultEvictionSettings', false, 'NET-10'],
  ['evictionHard', { 'memory.available': '0%' }, 'NET-10'],
  ['featureGates', { RotateKubeletServerCertificate: false }, 'UPG-04'],
];

it.each(SUPPORTED_MINORS)('finds nothing in what is made here for %s', (minor) => {
  expect(kubeletProblems(kubeletDocument(spec('kubeadm', {}, minor)), minor)).toEqual([]);
});

it.each(WEAK)('%s: %j is a finding of %s', (field, value, control) => {
  const problems = kubeletProblems(withField(field, value), '1.36');
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.map((problem) => problem.control)).toContain(control);
  expect(problems.every((problem) => problem.remedy.length > 0 && problem.message.length > 0)).toBe(true);
});

it('has an example of every check', () => {
  const fields = WEAK.map(([field]) => field);
  expect(KUBELET_CHECKS.map(({ field }) => field).filter((field) => !fields.includes(field))).toEqual([]);
});

it('judges of a drop-in file only what it says', () => {
  const dropIn = { apiVersion: VALID['apiVersion'], kind: VALID['kind'] };
  expect(kubeletProblems(dropIn, '1.36', false)).toEqual([]);
  expect(kubeletProblems(dropIn, '1.36').map(({ field }) => field)).toContain('podPidsLimit');
  expect(kubeletProblems({ ...dropIn, eventRecordQPS: 0 }, '1.36', false)).toEqual([
    {
      field: 'eventRecordQPS',
      message: expect.stringMatching(/^is 0: from 1\.37 on that is no limit at all/) as string,
      control: 'LOG-17',
      remedy: 'set 50, or a larger number for a large node',
    },
  ]);
});

it.each([
  [
    'a misspelt field',
    { ...VALID, protectKernelDefault: true },
    'protectKernelDefault',
    /is no field of KubeletConfiguration: the kubelet of 1\.36 goes on without it/,
  ],
  ['a misspelt field further in', withField('authentication.anonymous.enable', false), 'authentication.anonymous.enable', /is no field/],
  ['a text for a number', withField('podPidsLimit', '4096'), 'podPidsLimit', /is "4096"/],
  ['no duration', withField('imageMaximumGCAge', '7d'), 'imageMaximumGCAge', /is "7d"/],
  ['another version', { ...VALID, apiVersion: 'kubelet.config.k8s.io/v1' }, 'apiVersion', /is not kubelet\.config\.k8s\.io\/v1beta1/],
  ['a list', [], 'KubeletConfiguration', /is a list, and no KubeletConfiguration/],
])('finds %s, which the kubelet passes over', (_what, document, field, message) => {
  const found = kubeletProblems(document, '1.36').find((problem) => problem.field === field);
  expect(found?.message).toMatch(message);
});

it('finds a field that came with a later minor', () => {
  const document = withField('defaultPodSysctls', { 'net.ipv4.tcp_syncookies': '1' });
  expect(kubeletProblems(document, '1.36')).toEqual([
    expect.objectContaining({
      field: 'defaultPodSysctls',
      message: expect.stringMatching(/^came with 1\.37: the kubelet of 1\.36 goes on/) as string,
    }),
  ]);
  expect(kubeletProblems(document, '1.37')).toEqual([]);
});

it('finds feature gates that are gone, or that are general', () => {
  const gates = (featureGates: Record<string, boolean>, minor: (typeof SUPPORTED_MINORS)[number]): string[] =>
    kubeletProblems(withField('featureGates', featureGates), minor).map(({ field, message }) => `${field} ${message}`);
  expect(gates({ SeccompDefault: true }, '1.35')).toEqual([expect.stringContaining('featureGates.SeccompDefault is unknown to 1.35')]);
  expect(gates({ AnyVolumeDataSource: true }, '1.36')).toEqual([expect.stringContaining('a gate of a feature that is general')]);
  expect(gates({ AnyVolumeDataSource: true }, '1.37')).toEqual([expect.stringContaining('is unknown to 1.37')]);
  expect(gates({ UserNamespacesSupport: true }, '1.35')).toEqual([]);
  expect(gates({ UserNamespacesSupport: true }, '1.36')).toEqual([expect.stringContaining('is general')]);
});

it('takes swap that pods cannot use, certificates that are given, and TLS 1.2 with its suites', () => {
  const swap = { ...VALID, failSwapOn: false, memorySwap: { swapBehavior: 'NoSwap' } };
  const { serverTLSBootstrap: _bootstrap, ...rest } = VALID;
  const given = { ...rest, tlsCertFile: '/a.crt', tlsPrivateKeyFile: '/a.key' };
  const tls12 = kubeletDocument(spec('kubeadm', { tls: { minVersion: '1.2' } }));
  for (const document of [swap, given, tls12]) {
    expect(kubeletProblems(document, '1.36')).toEqual([]);
  }
});

it('takes a value that has no text', () => {
  expect(() => kubeletProblems({ ...VALID, evictionHard: { 'memory.available': { toString: false } } }, '1.36')).not.toThrow();
});

it('never throws, whatever the document is', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...SUPPORTED_MINORS), (value, minor) => {
      kubeletProblems(value, minor);
      kubeletProblems({ ...VALID, featureGates: value, evictionHard: value, tlsCipherSuites: value, authentication: value }, minor);
    }),
    { numRuns: 300 },
  );
});
