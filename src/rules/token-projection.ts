import type { KubeObject } from '../manifest';
import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** The volume that the API server adds to a Pod that mounts its token by itself, which is for the rule `automount-token`. */
const AUTOMOUNTED = "variables.podSpec.?automountServiceAccountToken.orValue(true) && v.name.startsWith('kube-api-access-')";

const BOUND =
  "v.?projected.?sources.orValue([]).all(s, !has(s.serviceAccountToken) || (s.serviceAccountToken.?audience.orValue('') != '' && s.serviceAccountToken.?expirationSeconds.orValue(3600) <= 3600))";

/** A projected service account token has an audience and lives for an hour at most. */
export const tokenProjection = celRule({
  id: 'token-projection',
  controls: ['POD-20'],
  message: 'projects a token without audience or with a long life',
  remedy: 'give the projected token an `audience` and `expirationSeconds` of at most 3600',
  match: WORKLOADS,
  object: {
    holds: `variables.volumes.all(v, (${AUTOMOUNTED}) || ${BOUND})`,
    found: `variables.volumes.filter(v, !((${AUTOMOUNTED}) || ${BOUND})).map(v, string(v.name)).join(', ')`,
  },
  examples: () => ({
    pass: [
      VALID_POD,
      withToken({ audience: 'vault', expirationSeconds: 600 }),
      withToken({ audience: 'vault', expirationSeconds: 3600 }),
      podExample({ automountServiceAccountToken: true, volumes: [ADDED_BY_API_SERVER] }),
      podExample({ volumes: [{ name: 'config', projected: { sources: [{ configMap: { name: 'config' } }] } }] }),
    ],
    fail: [
      podExample({ volumes: [ADDED_BY_API_SERVER] }),
      podExample({ automountServiceAccountToken: true, volumes: [{ ...ADDED_BY_API_SERVER, name: 'token' }] }),
      withToken({}),
      withToken({ expirationSeconds: 600 }),
      withToken({ audience: 'vault', expirationSeconds: 86400 }),
      withToken({ audience: 'vault', expirationSeconds: 600 }, {}),
    ],
  }),
});

const ADDED_BY_API_SERVER = {
  name: 'kube-api-access-x7k2p',
  projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }] },
};

function withToken(...tokens: readonly object[]): KubeObject {
  const sources = tokens.map((token, index) => ({ serviceAccountToken: { path: `token-${index}`, ...token } }));
  return podExample({ volumes: [{ name: 'token', projected: { sources } }] });
}
