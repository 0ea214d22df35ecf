import { createHash } from 'node:crypto';
import { secretsIn } from '../../src/rules';

const keys = [...Array(500).keys()].map((n) => createHash('sha256').update(`key ${n}`).digest());

it('finds keys of 32 bytes in base64, but for the few that chance makes look like words', () => {
  const missed = keys.filter((key) => secretsIn(`secret: ${key.toString('base64')}\n`).length !== 1);
  expect(missed.length).toBeLessThanOrEqual(2);
});

it('takes no digest for a key, in hex or in base64', () => {
  const found = keys.flatMap((key) => secretsIn(`sha256:${key.toString('hex')} ${key.toString('hex')} sha256-${key.toString('base64')}`));
  expect(found).toEqual([]);
});

it.each([
  ['a path', '/var/lib/kubelet/plugins/kubernetes/csi/pv/globalmount/V1/Data2'],
  ['names of Kubernetes', 'AuthorizePodWebsocketUpgradeCreatePermission2026KubeletEnsureSecretPulledImages'],
  ['an address in the cluster', 'abcdef.0123456789abcdef.example.com'],
  ['a name with a version', 'webapp.production1234567 v1.36.3'],
  ['the public part of a key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKqjM7cVZ0Z7b1YyXw4N2q8fX5Y0u2mQ9s6kHq1dT3rE user@example.com'],
  [
    'a long blob',
    keys
      .slice(0, 4)
      .map((key) => key.toString('base64').replace(/=+$/, ''))
      .join(''),
  ],
  ['text that is too short', 'eyJ'],
])('takes %s for what it is', (_what, text) => expect(secretsIn(text)).toEqual([]));

describe('PEM', () => {
  const sequence = Buffer.concat([Buffer.from([0x30, 0x82, 0x02, 0x00]), ...keys.slice(0, 16)]);
  const pem = (label: string, bytes: Buffer, end = '\n'): string =>
    [`-----BEGIN ${label}-----`, ...(bytes.toString('base64').match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join(end);

  it.each(['CERTIFICATE', 'CERTIFICATE REQUEST', 'X509 CRL', 'PUBLIC KEY'])('takes a %s for what it is', (label) => {
    expect(secretsIn(pem(label, sequence))).toEqual([]);
    expect(secretsIn(pem(label, sequence, '\n      '))).toEqual([]); // in YAML
    expect(secretsIn(JSON.stringify(pem(label, sequence)))).toEqual([]);
  });

  it.each([
    ['a key that says that it is a certificate', pem('CERTIFICATE', keys[0] as Buffer)],
    ['keys that say that they are one', pem('CERTIFICATE', Buffer.concat(keys.slice(0, 6)))],
    ['a key after a certificate', `${pem('CERTIFICATE', sequence)}secret: ${keys[0]?.toString('base64')}\n`],
    ['a private key in a certificate', pem('CERTIFICATE', sequence).replace('\n', '\n-----BEGIN PRIVATE KEY-----\n')],
  ])('finds %s', (_what, text) => expect(secretsIn(text).length).toBeGreaterThan(0));
});

it('says where each secret is, and never what it says', () => {
  const text = `a: 1\n-----BEGIN RSA PRIVATE KEY-----\nAGE-SECRET-KEY-1${'Q'.repeat(58)}\n`;
  const found = secretsIn(text);
  expect(found.map(({ what, at }) => [what, text.slice(at, at + 4)])).toEqual([
    ['a private key', '----'],
    ['a secret key of age', 'AGE-'],
  ]);
  expect(JSON.stringify(found)).not.toContain('QQQ');
});
