import { celRule } from './cel';
import { objectExample } from './examples';
import { SECRETS } from './match';

/** No Secret-based service account token. */
export const secretLegacyToken = celRule({
  id: 'secret-legacy-token',
  controls: ['POD-20'],
  message: 'is a token that never expires',
  remedy: 'remove it; ask for a projected token, or `kubectl create token`',
  match: SECRETS,
  object: {
    holds: "dyn(object).?type.orValue('Opaque') != 'kubernetes.io/service-account-token'",
  },
  examples: () => ({
    pass: [objectExample('v1', 'Secret', {}), objectExample('v1', 'Secret', { type: 'kubernetes.io/tls' })],
    fail: [
      objectExample('v1', 'Secret', { type: 'kubernetes.io/service-account-token' }),
      objectExample(
        'v1',
        'Secret',
        { type: 'kubernetes.io/service-account-token' },
        { annotations: { 'kubernetes.io/service-account.name': 'web' } },
      ),
    ],
  }),
});
