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

it.each([null, undefined, 'x', { access: { oidc: [null, 3, { prefix: null }] }, tenants: [null] }, { encryption: [] }])(
  'says nothing of what has no shape: %j',
  (document) => expect(Array.isArray(apiServerContradictions(document))).toBe(true),
);
