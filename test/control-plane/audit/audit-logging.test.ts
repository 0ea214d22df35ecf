import { App } from 'cdk8s';
import { auditFlagProblems, auditHostParts, AuditLogging, auditPolicyProblems, HOST_LAYOUTS, SUPPORTED_MINORS } from '../../../src';
import type { AuditLoggingProps, HostLayout, HostParts, PlatformSettingsProps } from '../../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../../support/control-plane';
import { expectYaml } from '../../support/snapshot';

const WEBHOOK = { server: 'https://audit.example.com/kubernetes' };

const specOf = (props: AuditLoggingProps = {}, settings: PlatformSettingsProps = {}) =>
  controlPlaneOf((scope) => new AuditLogging(scope, 'audit', props), settings);
const partsOf = (props: AuditLoggingProps = {}, layout: HostLayout = KUBEADM_LAYOUT): HostParts => auditHostParts(specOf(props), layout);
const flagsOf = (parts: HostParts): Record<string, string> =>
  Object.fromEntries((parts.flags?.['kube-apiserver'] ?? []).map(({ name, value }) => [name, value]));

it('is the part of the control plane that says what is recorded, by default as the guide asks', () => {
  const { audit } = specOf();
  expect(audit?.policy.rules.at(-1)).toEqual({ level: 'RequestResponse' });
  expect(audit?.log).toEqual({ maxAgeDays: 30, maxBackups: 10, maxSizeMb: 100, compress: true, mode: 'blocking', truncate: true });
  expect(audit?.webhook).toBeUndefined();
});

it('follows the minor of the settings, at synth', () => {
  const groups = SUPPORTED_MINORS.map((minor) => specOf({}, { minor }).audit?.policy.rules[1]?.resources?.[0]?.group);
  expect(groups).toEqual(['', '*', '*']);
});

it('asks nothing of a host when nobody says what is recorded', () => {
  expect(
    auditHostParts(
      controlPlaneOf(() => undefined),
      KUBEADM_LAYOUT,
    ),
  ).toEqual({});
});

it.each(Object.entries(HOST_LAYOUTS))('gives a host of %s a policy and flags without problems', (_distribution, layout) => {
  const parts = partsOf({ webhook: WEBHOOK }, layout);
  const flags = flagsOf(parts);
  expect(auditFlagProblems(flags)).toEqual([]);
  const policy = parts.files?.find(({ path }) => path === flags['audit-policy-file']);
  expect(auditPolicyProblems(documentsIn(policy?.content ?? '')[0], '1.36')).toEqual([]);
  expect(flags['audit-policy-file']?.startsWith(`${layout.hardening}/audit/policy-`)).toBe(true);
  expect(flags['audit-log-path']).toBe(layout.auditLog);
});

it('mounts the folder of the log, for rotation renames the file', () => {
  expect(partsOf().mounts).toEqual([{ name: 'audit-log', path: '/var/log/kubernetes/audit', readOnly: false, type: 'DirectoryOrCreate' }]);
});

it('changes the flag when the policy changes, and only then, so that the API server is restarted', () => {
  const file = (props: AuditLoggingProps) => flagsOf(partsOf(props))['audit-policy-file'];
  expect(file({ profile: 'balanced' })).not.toBe(file({}));
  expect(file({ log: { maxAgeDays: 90 } })).toBe(file({}));
});

it('lets root alone read policy and log, and a group if one is named', () => {
  const tmpfiles = (props: AuditLoggingProps) => fileOf(partsOf(props), '/etc/tmpfiles.d/kubernetes-audit.conf');
  expect(tmpfiles({})).toContain('d /var/log/kubernetes/audit 0700 root root -\nf /var/log/kubernetes/audit/audit.log 0600 root root -\n');
  expect(tmpfiles({ log: { readerGroup: 10001 } })).toContain(
    'd /var/log/kubernetes/audit 0750 root 10001 -\nf /var/log/kubernetes/audit/audit.log 0640 root 10001 -\n',
  );
  const configuration = partsOf({ webhook: WEBHOOK }).files?.filter(({ path }) => path.endsWith('.yaml')) ?? [];
  expect(configuration.map(({ mode, owner, role }) => [mode, owner, role])).toEqual([
    ['0600', 'root:root', 'control-plane'],
    ['0600', 'root:root', 'control-plane'],
  ]);
});

it('sets every flag of the log, and those of the webhook when there is one', () => {
  expect(flagsOf(partsOf({ log: { maxSizeMb: 500, mode: 'batch', compress: false, truncate: false } }))).toEqual({
    'audit-policy-file': expect.stringMatching(/\/policy-[0-9a-f]{10}\.yaml$/) as string,
    'audit-log-path': '/var/log/kubernetes/audit/audit.log',
    'audit-log-maxage': '30',
    'audit-log-maxbackup': '10',
    'audit-log-maxsize': '500',
    'audit-log-compress': 'false',
    'audit-log-mode': 'batch',
    'audit-log-truncate-enabled': 'false',
  });
  expect(flagsOf(partsOf({ webhook: { ...WEBHOOK, bufferSize: 50_000 } }))).toMatchObject({
    'audit-webhook-config-file': expect.stringMatching(/\/webhook-[0-9a-f]{10}\.yaml$/) as string,
    'audit-webhook-mode': 'batch',
    'audit-webhook-initial-backoff': '10s',
    'audit-webhook-batch-buffer-size': '50000',
    'audit-webhook-truncate-enabled': 'true',
  });
});

it('records requests when they come in where that is to stop them', () => {
  expect(specOf({ log: { mode: 'blocking-strict' } }).audit?.policy.omitStages).toBeUndefined();
  expect(specOf().audit?.policy.omitStages).toEqual(['RequestReceived']);
});

it('looks like this: the kubeconfig of the webhook', () => {
  const { files = [] } = partsOf({ webhook: WEBHOOK });
  expectYaml('audit-webhook', documentsIn(files.find(({ path }) => path.includes('/webhook-'))?.content ?? '') as object[]);
});

it('names no client certificate where the webhook wants none', () => {
  const { files = [] } = partsOf({ webhook: { ...WEBHOOK, clientCertificate: false } });
  const [kubeconfig] = documentsIn(files.find(({ path }) => path.includes('/webhook-'))?.content ?? '');
  expect(kubeconfig).toMatchObject({ users: [], contexts: [{ context: { cluster: 'webhook' } }] });
});

it.each<[string, AuditLoggingProps, RegExp]>([
  [
    'a group with its version',
    { secretLike: [{ group: 'vault.example.com/v1', resources: ['keys'] }] },
    /^\[audit\] secretLike\[0\]\.group: 'vault\.example\.com\/v1' is a group with its version; .*\(control LOG-03\): write the name of the group/,
  ],
  [
    'a pattern in place of a plural',
    { secretLike: [{ group: 'vault.example.com', resources: ['*'] }] },
    /secretLike\[0\]\.resources: '\*' is not the plural of a resource \(control LOG-03\): write plurals in lower case/,
  ],
  [
    'no plurals',
    { secretLike: [{ group: 'vault.example.com', resources: [] }] },
    /secretLike\[0\]\.resources: is empty \(control LOG-03\)/,
  ],
  ['no days', { log: { maxAgeDays: 0 } }, /log\.maxAgeDays: 0 is no whole number above 0 \(control LOG-02\): write one, or leave it out/],
  ['half a file', { log: { maxBackups: 1.5 } }, /log\.maxBackups: 1\.5 is no whole number above 0 \(control LOG-02\)/],
  [
    'a webhook over http',
    { webhook: { server: 'http://audit.example.com' } },
    /webhook\.server: is not https \(control LOG-04\): write an https URL/,
  ],
  ['what is no URL', { webhook: { server: 'audit.example.com' } }, /webhook\.server: is not a URL \(control LOG-04\)/],
  ['a token in the URL', { webhook: { server: 'https://audit.example.com/?token=abc' } }, /webhook\.server: has a query or a fragment/],
])('refuses %s, which a policy or flag cannot say', (_what, props, message) => {
  expect(() => new AuditLogging(new App(), 'audit', props)).toThrow(message);
});

it('does not repeat a password that stands in the URL', () => {
  const make = () => new AuditLogging(new App(), 'audit', { webhook: { server: 'https://user:hunter2@audit.example.com' } });
  expect(make).toThrow(/webhook\.server: has a user or a password in it/);
  expect(make).not.toThrow(/hunter2/);
});

it('lets a weaker value stand, for a rule to find', () => {
  const flags = flagsOf(partsOf({ log: { maxBackups: 2 } }));
  expect(auditFlagProblems(flags)).toEqual([expect.objectContaining({ field: 'audit-log-maxbackup', control: 'LOG-02' })]);
});
