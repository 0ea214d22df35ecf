import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
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
    pass: [VALID_POD, podExample({ os: { name: 'windows' }, containers: [{ ...VALID_POD['spec'].containers[0], securityContext: {} }], securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } } })],
    fail: [
      containerExample({ securityContext: { readOnlyRootFilesystem: false } }),
      containerExample({ securityContext: { readOnlyRootFilesystem: undefined } }),
    ],
  }),
});
