import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Containers of a pod do not see each other's processes. No scanner looks at this. */
export const shareProcessNamespace = celRule({
  id: 'share-process-namespace',
  controls: ['POD-10'],
  message: 'shares processes between its containers',
  remedy: 'remove `shareProcessNamespace`; a debugger can be given with an ephemeral container',
  match: WORKLOADS,
  object: {
    holds: '!variables.podSpec.?shareProcessNamespace.orValue(false)',
  },
  examples: () => ({
    pass: [VALID_POD, podExample({ shareProcessNamespace: false })],
    fail: [
      podExample({ shareProcessNamespace: true }),
      podExample({ shareProcessNamespace: true, containers: ['a', 'b'].map((name) => ({ ...VALID_POD['spec'].containers[0], name })) }),
    ],
  }),
});
