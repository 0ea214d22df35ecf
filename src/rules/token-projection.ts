import type { KubeObject } from '../manifest';
import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** A projected service account token has an audience and lives for an hour at most. */
export const tokenProjection = celRule({
  id: 'token-projection',
  controls: ['POD-20'],
  message: 'projects a token without audience or with a long life',
  remedy: 'give the projected token an `audience` and `expirationSeconds` of at most 3600',
  match: WORKLOADS,
  object: {
    holds:
      "variables.volumes.all(v, v.?projected.?sources.orValue([]).all(s, !has(s.serviceAccountToken) || (s.serviceAccountToken.?audience.orValue('') != '' && s.serviceAccountToken.?expirationSeconds.orValue(3600) <= 3600)))",
    found:
      "variables.volumes.filter(v, !(v.?projected.?sources.orValue([]).all(s, !has(s.serviceAccountToken) || (s.serviceAccountToken.?audience.orValue('') != '' && s.serviceAccountToken.?expirationSeconds.orValue(3600) <= 3600)))).map(v, string(v.name)).join(', ')",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      withToken({ audience: 'vault', expirationSeconds: 600 }),
      withToken({ audience: 'vault', expirationSeconds: 3600 }),
      podExample({ volumes: [{ name: 'config', projected: { sources: [{ configMap: { name: 'config' } }] } }] }),
    ],
    fail: [
      withToken({}),
      withToken({ expirationSeconds: 600 }),
      withToken({ audience: 'vault', expirationSeconds: 86400 }),
      withToken({ audience: 'vault', expirationSeconds: 600 }, {}),
    ],
  }),
});

function withToken(...tokens: readonly object[]): KubeObject {
  const sources = tokens.map((token, index) => ({ serviceAccountToken: { path: `token-${index}`, ...token } }));
  return podExample({ volumes: [{ name: 'token', projected: { sources } }] });
}
