import fc from 'fast-check';
import {
  DISTRIBUTIONS,
  DISTRIBUTIONS_WITH_OWN_ENCRYPTION,
  EncryptionAtRest,
  encryptionHostParts,
  encryptionProblems,
  encryptionSection,
  encryptionSkeleton,
} from '../../../src';
import type { EncryptionProps, HostParts, PlatformSettingsProps } from '../../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../../support/control-plane';
import { expectText } from '../../support/snapshot';

const KMS: EncryptionProps = { provider: 'kms', kms: { name: 'kms-2026-11', socket: '/run/kms/kms.sock' } };

function parts(props?: EncryptionProps, settings?: PlatformSettingsProps): HostParts {
  return encryptionHostParts(
    controlPlaneOf((app) => new EncryptionAtRest(app, 'encryption', props), settings),
    KUBEADM_LAYOUT,
  );
}

it('looks like this, before the key is made', () => {
  expectText('encryption-skeleton.yaml', fileOf(parts(), 'skeleton.yaml'));
});

it('looks like this with a key service', () => {
  expectText('encryption-kms.yaml', fileOf(parts({ ...KMS, resources: ['secrets', 'configmaps'] }), 'skeleton.yaml'));
});

it.each<[string, EncryptionProps]>([
  ['by default', {}],
  ['with a key service', KMS],
  ['with aescbc and a reason', { provider: 'aescbc', reason: 'FIPS' }],
  ['with a list', { resources: ['secrets', 'widgets.example.com'] }],
])('is a configuration in which nothing is wrong %s, and which kube-bench passes', (_what, props) => {
  const text = fileOf(parts(props), 'skeleton.yaml');
  expect(encryptionProblems(documentsIn(text)[0])).toEqual([]);
  // CIS 1.2.28 reads the line after the last `providers:`.
  const lines = text.split('\n');
  expect(lines[lines.lastIndexOf('    providers:') + 1]).toMatch(/^ {6}- (aescbc|kms|secretbox):$/);
  expect(lines.filter((line) => line !== '').at(-1)).toBe('      - identity: {}');
});

it('is a good configuration whatever list is encrypted', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(\.[a-z][a-z0-9-]{0,6}[a-z0-9]\.[a-z]{2,4})?$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 6 }), (names) => {
      const resources = ['secrets', ...names.filter((resource) => resource !== 'secrets')];
      expect(encryptionProblems(encryptionSkeleton(encryptionSection({ resources })))).toEqual([]);
    }),
  );
});

it('tells the API server where the file will be, and to look at it again', () => {
  expect(parts().flags).toEqual({
    'kube-apiserver': [
      { name: 'encryption-provider-config', value: '/etc/kubernetes/hardening/encryption/encryption.yaml' },
      { name: 'encryption-provider-config-automatic-reload', value: 'true' },
    ],
  });
});

it('ships the skeleton and the scripts, and never the file with the key', () => {
  expect((parts().files ?? []).map(({ role, path, mode, owner }) => `${role} ${mode} ${owner} ${path}`)).toEqual([
    'control-plane 0600 root:root /etc/kubernetes/hardening/encryption/skeleton.yaml',
    'control-plane 0700 root:root /usr/local/sbin/kube-encryption-key',
    'control-plane 0700 root:root /usr/local/sbin/kube-encryption-verify',
    'operator 0755 root:root /usr/local/bin/kube-encryption-loaded',
    'operator 0755 root:root /usr/local/bin/kube-encryption-rewrite',
  ]);
});

it('has the API server see the folder of the socket, even before the key service starts', () => {
  expect(parts().mounts).toBeUndefined();
  expect(parts(KMS).mounts).toEqual([{ name: 'kms', path: '/run/kms', readOnly: true, type: 'DirectoryOrCreate' }]);
});

it('leaves it to the distributions that encrypt by themselves', () => {
  const own = DISTRIBUTIONS.filter((distribution) => Object.keys(parts({}, { distribution })).length === 0);
  expect(own).toEqual(DISTRIBUTIONS_WITH_OWN_ENCRYPTION);
});

it('encrypts everything but events and leases, or what is named', () => {
  expect(encryptionSection()).toEqual({
    provider: 'secretbox',
    resources: ['*.*'],
    inTheClear: ['events', 'leases.coordination.k8s.io'],
  });
  expect(encryptionSkeleton(encryptionSection({ resources: ['secrets'] })).resources).toEqual([
    { resources: ['secrets'], providers: [{ secretbox: { keys: [] } }, { identity: {} }] },
  ]);
  expect(encryptionSection(KMS).kms).toEqual({ name: 'kms-2026-11', socket: '/run/kms/kms.sock', timeoutSeconds: 3 });
});

it.each<[string, unknown, RegExp]>([
  ['aesgcm', { provider: 'aesgcm' }, /encryption\.provider: 'aesgcm' is unsafe .*\(control NET-22\)\. Use one of secretbox, kms, aescbc\./],
  ['an unknown provider', { provider: 'rot13' }, /encryption\.provider: 'rot13' is no provider \(control NET-22\)/],
  ['kms without service', { provider: 'kms' }, /encryption\.kms: it is missing.*\(control NET-23\)\. Give its name and socket\./],
  ['two providers', { kms: KMS.kms }, /encryption\.kms: it is given, and the provider is secretbox.*\(control NET-23\)\. Remove it/],
  ['aescbc without reason', { provider: 'aescbc', reason: ' ' }, /encryption\.reason: aescbc is weak.*\(control NET-22\)\. Use secretbox/],
  ['nothing to encrypt', { resources: [] }, /encryption\.resources: it is empty \(control NET-22\)/],
  [
    'a bad resource',
    { resources: ['Secrets'] },
    /encryption\.resources: "Secrets" has capital letters \(control NET-22\)\. Write it in lower case/,
  ],
  ['a group as a whole', { resources: ['secrets', '*.apps'] }, /encryption\.resources: '\*\.apps' is a group as a whole/],
  ['everything and more', { resources: ['*.*', 'secrets'] }, /encryption\.resources: "\*\.\*" is everything/],
  ['a resource twice', { resources: ['secrets', 'secrets'] }, /encryption\.resources: 'secrets' is there twice/],
  ['no Secrets', { resources: ['configmaps'] }, /encryption\.resources: Secrets are not among them \(control NET-22\)\. Add 'secrets'\./],
  [
    'a name with a colon',
    { ...KMS, kms: { ...KMS.kms, name: 'a:b' } },
    /encryption\.kms\.name: 'a:b' is no name for a provider \(control NET-23\)/,
  ],
  ['a relative socket', { ...KMS, kms: { ...KMS.kms, socket: 'kms.sock' } }, /encryption\.kms\.socket: 'kms\.sock' is not the path/],
  [
    'a socket in the root',
    { ...KMS, kms: { ...KMS.kms, socket: '/kms.sock' } },
    /encryption\.kms\.socket: '\/kms\.sock' is not the path of a socket in a folder/,
  ],
  ['no time', { ...KMS, kms: { ...KMS.kms, timeoutSeconds: 0 } }, /encryption\.kms\.timeoutSeconds: 0 is not a time/],
])('refuses %s', (_what, props, message) => {
  expect(() => controlPlaneOf((app) => new EncryptionAtRest(app, 'encryption', props as EncryptionProps))).toThrow(message);
});
