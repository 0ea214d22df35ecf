import { createHash } from 'node:crypto';
import { secretsIn } from '../../src';

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

it('says where each secret is, and never what it says', () => {
  const text = `a: 1\n-----BEGIN RSA PRIVATE KEY-----\nAGE-SECRET-KEY-1${'Q'.repeat(58)}\n`;
  const found = secretsIn(text);
  expect(found.map(({ what, at }) => [what, text.slice(at, at + 4)])).toEqual([
    ['a private key', '----'],
    ['a secret key of age', 'AGE-'],
  ]);
  expect(JSON.stringify(found)).not.toContain('QQQ');
});
