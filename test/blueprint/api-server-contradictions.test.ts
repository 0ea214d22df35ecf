import { apiServerContradictions } from '../../src/blueprint/api-server-contradictions';

// Written with the prefix here too: who is exempt is compared with what the API server sees.
it('refuses an exempt group that no identity provider can put anybody into', () => {
  const document = {
    access: { oidc: { issuer: 'https://id', audiences: ['a'] } },
    enforcement: { exempt: { groups: ['oidc:platform', 'system:masters', 'platform'] } },
  };
  expect(apiServerContradictions(document)).toEqual([
    {
      path: ['enforcement', 'exempt', 'groups', 2],
      message: expect.stringMatching(/nobody can be in the group 'platform'.*Write 'oidc:platform'\./) as string,
    },
  ]);
  expect(apiServerContradictions({ ...document, access: {} })).toEqual([]);
});

it('refuses on Talos what has no place there', () => {
  const webhook = { name: 'a', server: 'https://a.example.com', matchConditions: ['true'] };
  const document = {
    cluster: { distribution: 'talos' },
    access: { authorization: { form: 'file', webhook } },
    admission: { imagePolicy: {}, alwaysPullImages: true },
    audit: { webhook: {}, profile: 'nsa' },
    encryption: { resources: ['secrets'], kms: {}, provider: 'kms', reason: 'r' },
  };
  expect(apiServerContradictions(document).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    'encryption.resources: on talos Secrets are encrypted and nothing else (control NET-22), so that this would come to nothing. Remove it.',
    'encryption.kms: on talos the key is on the node (control NET-23), so that this would come to nothing. Remove it.',
    'access.authorization.webhook: on talos there is no place for its key (control AUTH-04), so that this would come to nothing. Remove it.',
    'admission.imagePolicy: on talos there is no place for its key (control POD-06), so that this would come to nothing. Remove it.',
    'audit.webhook: on talos there is no place for its key (control LOG-04), so that this would come to nothing. Remove it.',
    'encryption.reason: on talos the provider is secretbox (control NET-22), so that this would come to nothing. Remove it.',
  ]);
  expect(apiServerContradictions({ ...document, cluster: { distribution: 'kubeadm' } })).toEqual([]);
});

it.each([null, undefined, 'x', { access: { oidc: [null, 3, { prefix: null }] }, tenants: [null] }, { encryption: [] }])(
  'says nothing of what has no shape: %j',
  (document) => expect(Array.isArray(apiServerContradictions(document))).toBe(true),
);
