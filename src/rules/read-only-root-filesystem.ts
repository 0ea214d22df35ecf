import { celRule } from './cel';
import { containerExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

/** The root filesystem is read-only. Not a part of Pod Security. */
export const readOnlyRootFilesystem = celRule({
  id: 'read-only-root-filesystem',
  controls: ['POD-04'],
  message: 'can write to its root filesystem',
  remedy: 'set `readOnlyRootFilesystem: true` and name what must be writable in `writablePaths`',
  match: WORKLOADS,
  unless: 'variables.windows',
  container: {
    holds: 'c.?securityContext.?readOnlyRootFilesystem.orValue(false)',
  },
  examples: () => ({
    pass: [VALID_POD, WINDOWS_POD],
    fail: [
      containerExample({ securityContext: { readOnlyRootFilesystem: false } }),
      containerExample({ securityContext: { readOnlyRootFilesystem: undefined } }),
    ],
  }),
});
