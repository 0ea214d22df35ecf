import { celRule } from './cel';
import { containerExample, podExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

/** A group id above 0 for processes, volumes and supplements. Pod Security asks for the user only. */
export const runAsGroup = celRule({
  id: 'run-as-group',
  controls: ['POD-02'],
  message: 'runs with the root group',
  remedy: 'set `runAsGroup`, `fsGroup` and `supplementalGroups` above 0 (the hardened constructs set 10001)',
  match: WORKLOADS,
  unless: 'variables.windows',
  object: {
    holds:
      'variables.podSpec.?securityContext.?fsGroup.orValue(1) > 0 && variables.podSpec.?securityContext.?supplementalGroups.orValue([]).all(g, g > 0)',
  },
  container: {
    holds: 'c.?securityContext.?runAsGroup.orValue(variables.podSpec.?securityContext.?runAsGroup.orValue(0)) > 0',
  },
  examples: () => ({
    pass: [VALID_POD, WINDOWS_POD],
    fail: [
      podExample({ securityContext: { runAsGroup: undefined } }),
      containerExample({ securityContext: { runAsGroup: 0 } }),
      podExample({ securityContext: { fsGroup: 0 } }),
      podExample({ securityContext: { supplementalGroups: [0] } }),
    ],
  }),
});
