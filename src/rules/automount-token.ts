import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** The pod says itself that no token is mounted; a projected, audience-bound one can be asked for. */
export const automountToken = celRule({
  id: 'automount-token',
  controls: ['POD-19'],
  message: 'mounts a service account token by itself',
  remedy: 'set `automountServiceAccountToken: false`; who needs the API gets a token from LeastPrivilegeServiceAccount',
  match: WORKLOADS,
  object: {
    holds: 'variables.podSpec.?automountServiceAccountToken.orValue(true) == false',
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [podExample({ automountServiceAccountToken: true }), podExample({ automountServiceAccountToken: undefined })],
  }),
});
