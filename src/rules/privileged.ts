import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** No container has the privileges of its node (Pod Security `privileged`). */
export const privileged = celRule({
  id: 'privileged',
  controls: ['POD-09'],
  podSecurity: ['privileged'],
  message: 'runs privileged',
  remedy: 'remove `privileged: true`; if one capability is what it needs, say which, with a waiver',
  match: WORKLOADS,
  container: {
    holds: '!c.?securityContext.?privileged.orValue(false)',
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { privileged: false } })],
    fail: [
      containerExample({ securityContext: { privileged: true } }),
      podExample({ initContainers: [{ ...VALID_POD['spec'].containers[0], name: 'init', securityContext: { privileged: true } }] }),
    ],
  }),
});
