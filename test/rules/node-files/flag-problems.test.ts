import fc from 'fast-check';
import { flagProblems, flagsOf, PROGRAMS } from '../../../src/rules';
import { SUPPORTED_MINORS } from '../../../src/settings';
import type { Program } from '../../../src/rules';
import { FLAGGED_PROGRAMS, HOST_LAYOUTS, hostPartsOf, kubeProxyFlags } from '../../../src/control-plane';
import type { HostLayout } from '../../../src/control-plane';
import { FLAG_CHECKS } from '../../../src/rules/node-files/flag-checks';
import { spec } from '../../control-plane/cluster';

const found = (program: Program, flags: unknown, minor: (typeof SUPPORTED_MINORS)[number] = '1.36'): string[] =>
  flagProblems(program, flags, minor, false).map(({ field, control }) => `${field} ${control}`);

describe.each(['1.3', '1.2'] as const)('what is made here with TLS %s', (minVersion) => {
  const made = spec('kubeadm', { tls: { minVersion } });
  const { flags } = hostPartsOf(made, HOST_LAYOUTS.kubeadm as HostLayout);

  it.each(FLAGGED_PROGRAMS)('has nothing to find in the flags of %s', (program) => {
    expect(flags[program]?.length).toBeGreaterThan(2);
    SUPPORTED_MINORS.forEach((minor) => expect(flagProblems(program, flags[program], minor)).toEqual([]));
  });

  it('has nothing to find in the flags of kube-proxy', () => {
    expect(flagProblems('kube-proxy', kubeProxyFlags(made), '1.37')).toEqual([]);
  });
});

const WEAK: readonly (readonly [Program, string, string, string])[] = [
  ['kube-apiserver', 'profiling', 'true', 'UPG-04'],
  ['kube-scheduler', 'tls-min-version', 'TLS1.3', 'NET-20'],
  ['kube-apiserver', 'tls-cipher-suites', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'NET-20'],
  ['kube-controller-manager', 'bind-address', '0.0.0.0', 'NET-13'],
  ['kube-scheduler', 'authorization-always-allow-paths', '/healthz,/metrics', 'AUTH-02'],
  ['kube-controller-manager', 'use-service-account-credentials', 'false', 'AUTH-05'],
  ['kube-controller-manager', 'terminated-pod-gc-threshold', '12500', 'UPG-03'],
  ['kube-controller-manager', 'cluster-signing-duration', '8761h0m0s', 'NET-20'],
  ['kube-apiserver', 'anonymous-auth', 'true', 'AUTH-02'],
  ['kube-apiserver', 'token-auth-file', '/etc/tokens.csv', 'AUTH-01'],
  ['kube-apiserver', 'authorization-mode', 'RBAC,AlwaysAllow,Node', 'AUTH-04'],
  ['kube-apiserver', 'authorization-mode', 'RBAC', 'AUTH-04'],
  ['kube-apiserver', 'enable-admission-plugins', 'EventRateLimit', 'NET-19'],
  ['kube-apiserver', 'enable-admission-plugins', 'NodeRestriction,PodSecurityPolicy', 'POD-08'],
  ['kube-apiserver', 'enable-admission-plugins', 'NodeRestriction,AlwaysAdmit', 'POD-08'],
  ['kube-apiserver', 'disable-admission-plugins', 'PodSecurity', 'POD-08'],
  ['kube-apiserver', 'service-account-lookup', 'false', 'POD-20'],
  ['kube-apiserver', 'service-account-extend-token-expiration', 'true', 'POD-20'],
  ['kube-apiserver', 'kubelet-certificate-authority', '', 'NET-14'],
  ['kube-apiserver', 'request-timeout', '0s', 'UPG-04'],
  ['kube-apiserver', 'etcd-servers', 'https://a:2379,http://b:2379', 'NET-17'],
  ['kubelet', 'anonymous-auth', 'true', 'AUTH-03'],
  ['kubelet', 'authorization-mode', 'AlwaysAllow', 'AUTH-03'],
  ['kubelet', 'read-only-port', '10255', 'NET-13'],
  ['kubelet', 'protect-kernel-defaults', 'false', 'UPG-04'],
  ['kubelet', 'rotate-certificates', 'false', 'UPG-04'],
  ['kubelet', 'seccomp-default', 'false', 'UPG-04'],
  ['kubelet', 'make-iptables-util-chains', 'false', 'UPG-04'],
  ['kubelet', 'hostname-override', 'a', 'NET-20'],
  ['kube-proxy', 'metrics-bind-address', '0.0.0.0:10249', 'NET-13'],
  ['etcd', 'auto-tls', 'true', 'NET-17'],
  ['etcd', 'peer-auto-tls', 'true', 'NET-17'],
  ['etcd', 'client-cert-auth', 'false', 'NET-17'],
  ['etcd', 'peer-client-cert-auth', 'false', 'NET-17'],
  ['etcd', 'listen-client-urls', 'http://0.0.0.0:2379', 'NET-17'],
  ['etcd', 'advertise-client-urls', 'http://a:2379', 'NET-17'],
  ['etcd', 'listen-peer-urls', 'http://0.0.0.0:2380', 'NET-17'],
  ['etcd', 'initial-advertise-peer-urls', 'http://a:2380', 'NET-17'],
  ['etcd', 'listen-metrics-urls', 'http://0.0.0.0:2381', 'NET-16'],
  ['etcd', 'tls-min-version', 'VersionTLS13', 'NET-20'],
  ['etcd', 'cipher-suites', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'NET-20'],
  ['etcd', 'enable-pprof', 'true', 'UPG-04'],
];

it.each(WEAK)('%s --%s=%s is a finding of %s', (program, name, value, control) => {
  expect(found(program, [{ name, value }])).toContain(`--${name} ${control}`);
});

it('has an example of every check', () => {
  const checked = WEAK.map(([, name, , control]) => `${name} ${control}`);
  expect(FLAG_CHECKS.map(({ flag, control }) => `${flag} ${control}`).filter((row) => !checked.includes(row))).toEqual([]);
});

it.each([
  ['kube-apiserver', 'insecure-port', '1.35'],
  ['kube-apiserver', 'kubelet-https', '1.37'],
  ['kube-scheduler', 'address', '1.36'],
  ['kubelet', 'network-plugin', '1.36'],
  ['etcd', 'experimental-initial-corrupt-check', '1.37'],
] as const)('%s does not know --%s any more, in %s', (program, name, minor) => {
  expect(flagProblems(program, [`--${name}=x`], minor, false)).toEqual([
    {
      field: `--${name}`,
      message: `is unknown to ${program} of ${minor}, which does not start with it`,
      control: 'UPG-01',
      remedy: expect.stringMatching(/^remove it; instead: /) as string,
    },
  ]);
});

it.each([
  [
    'a misspelt flag',
    'kube-apiserver',
    '--audit-policy-fil=/a',
    '--audit-policy-fil',
    /is unknown to/,
    'write audit-policy-file, or remove it',
  ],
  [
    'a flag of another program',
    'kube-scheduler',
    '--etcd-servers=https://a',
    '--etcd-servers',
    /is unknown to/,
    'correct the name, or remove it',
  ],
  ['a flag of a later minor', 'kube-apiserver', '--tls-curve-preferences=29', '--tls-curve-preferences', /unknown/, /it came with 1\.36$/],
  [
    'a switch that is neither on nor off',
    'kubelet',
    '--seccomp-default=yes',
    '--seccomp-default',
    /is "yes".*not start/,
    'write true or false',
  ],
  ['days in a duration', 'kube-apiserver', '--shutdown-delay-duration=1d', '--shutdown-delay-duration', /is "1d"/, /a duration/],
  ['a word for a number', 'etcd', '--quota-backend-bytes=8Gi', '--quota-backend-bytes', /is "8Gi"/, 'write a whole number'],
  [
    'an admission plugin that is gone',
    'kube-apiserver',
    '--enable-admission-plugins=NodeRestriction,PodSecurityPolicy',
    '--enable-admission-plugins',
    /^names PodSecurityPolicy: 1\.35 has no such admission plugin/,
    /Pod Security admission is on by itself/,
  ],
  [
    'a misspelt admission plugin',
    'kube-apiserver',
    '--disable-admission-plugins=DefaultIngresClass',
    '--disable-admission-plugins',
    /^names DefaultIngresClass/,
    'write DefaultIngressClass, or remove it',
  ],
] as const)('finds %s, with which %s does not start', (_what, program, flag, field, message, remedy) => {
  expect(flagProblems(program, [flag], '1.35', false)).toContainEqual({
    field,
    message: expect.stringMatching(message) as string,
    control: expect.any(String) as string,
    remedy: expect.stringMatching(remedy) as string,
  });
});

it('reads names with underscores as the programs do, but for etcd', () => {
  expect(found('kube-apiserver', ['--audit_policy_file=/a', '--profiling=false'])).toEqual([]);
  expect(found('etcd', ['--data_dir=/a'])).toEqual(['--data_dir UPG-01']);
});

it('takes the experimental flags of etcd before 3.7', () => {
  expect(found('etcd', ['experimental-initial-corrupt-check=true'], '1.36')).toEqual([]);
});

it.each([
  ['etcd', 'cipher-suites', 'TLS1.3', /etcd does not start/],
  ['kube-apiserver', 'tls-cipher-suites', 'VersionTLS13', /it does nothing/],
] as const)('%s: --%s with %s', (program, name, version, message) => {
  const flags = { [name]: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'tls-min-version': version };
  expect(flagProblems(program, flags, '1.36', false)).toEqual([
    expect.objectContaining({ field: `--${name}`, message: expect.stringMatching(message) as string }),
  ]);
});

it('misses what has an unsafe default, where the whole command line is written here', () => {
  expect(flagProblems('kube-scheduler', [], '1.36').map(({ field }) => field)).toEqual(['--profiling', '--bind-address']);
  expect(flagProblems('kube-scheduler', [], '1.36', false)).toEqual([]);
});

it('looks into feature gates', () => {
  expect(found('kube-apiserver', ['--feature-gates=KMSv2=true,UserNamespacesSupport=false'], '1.36')).toEqual([
    '--feature-gates.KMSv2 UPG-01',
    '--feature-gates.UserNamespacesSupport UPG-01',
  ]);
  expect(found('kube-apiserver', ['--feature-gates=kube:UserNamespacesSuport=true'], '1.36')).toEqual([
    '--feature-gates.UserNamespacesSuport UPG-01',
  ]);
});

it.each([
  ['kube-apiserver', 'InitialCorruptCheck', /is unknown to 1\.36/, /always on, or gone$/],
  ['etcd', 'FastLeaseKeepAlive', /is unknown to 1\.36/, /it came with 1\.37/],
  ['kubelet', 'NodeSwaps', /is unknown to 1\.36/, /Or is NodeSwap meant\?$/],
] as const)('%s does not know the feature gate %s', (program, gate, message, remedy) => {
  expect(flagProblems(program, [`--feature-gates=${gate}=true`], '1.36', false)).toEqual([
    {
      field: `--feature-gates.${gate}`,
      message: expect.stringMatching(message) as string,
      control: 'UPG-01',
      remedy: expect.stringMatching(remedy) as string,
    },
  ]);
});

it('finds a feature gate that is locked, when it is set to something else', () => {
  expect(found('kubelet', ['--feature-gates=GitRepoVolumeDriver=true'], '1.36')).toEqual(['--feature-gates.GitRepoVolumeDriver UPG-01']);
  expect(found('kubelet', ['--feature-gates=GitRepoVolumeDriver=false'], '1.36')).toEqual([]);
});

it("knows etcd's own feature gates", () => expect(found('etcd', ['--feature-gates=InitialCorruptCheck=true'])).toEqual([]));

it.each([
  ['a command line', ['--profiling=false', '--v', '--feature-gates=A=true,B=false']],
  ['k3s and RKE2', ['profiling=false', 'v', 'feature-gates=A=true,B=false']],
  [
    'kubeadm v1beta4',
    [
      { name: 'profiling', value: 'false' },
      { name: 'v', value: 'true' },
      { name: 'feature-gates', value: 'A=true,B=false' },
    ],
  ],
  ['Talos', { profiling: 'false', v: true, 'feature-gates': ['A=true,B=false'] }],
])('reads flags as %s has them', (_what, flags) => {
  expect(flagsOf(flags)).toEqual([
    { name: 'profiling', value: 'false' },
    { name: 'v', value: 'true' },
    { name: 'feature-gates', value: 'A=true,B=false' },
  ]);
});

it('holds to the last of several, as the programs do', () => {
  expect(found('kube-apiserver', ['--profiling=true', '--profiling=false'])).toEqual([]);
});

it('never throws, whatever the flags are', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...PROGRAMS), (flags, program) => void flagProblems(program, flags, '1.37')),
    { numRuns: 300 },
  );
});
