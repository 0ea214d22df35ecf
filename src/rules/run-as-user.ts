import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** No user id 0 (Pod Security `runAsUser`). Also in a user namespace, see `run-as-non-root`. */
export const runAsUser = celRule({
  id: 'run-as-user',
  controls: ['POD-02'],
  podSecurity: ['runAsUser'],
  message: 'runs as root',
  remedy: 'remove `user: 0`; if the image needs a certain uid, set `user: 10001`, or use its preset (`HardenedContainer.nginx` …)',
  match: WORKLOADS,
  object: {
    holds: 'variables.podSpec.?securityContext.?runAsUser.orValue(1) != 0',
    found: "'runAsUser 0'",
  },
  container: {
    holds: 'c.?securityContext.?runAsUser.orValue(1) != 0',
    found: "'runAsUser 0'",
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { runAsUser: 10002 } })],
    fail: [
      podExample({ securityContext: { runAsUser: 0 } }),
      containerExample({ securityContext: { runAsUser: 0 } }),
      podExample({ hostUsers: false, securityContext: { runAsUser: 0 } }),
    ],
  }),
});
