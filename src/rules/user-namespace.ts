import { celRule } from './cel';
import { podExample, VALID_POD, WINDOWS_POD } from './examples';
import { WORKLOADS } from './match';

/** Where the nodes have user namespaces, every pod uses one (KEP-127). One that shares a namespace of the host cannot. */
export const userNamespace = celRule({
  id: 'user-namespace',
  controls: ['POD-03'],
  message: 'runs with the user ids of its node',
  remedy: 'set `hostUsers: false` (the default of the hardened constructs where `nodes.userNamespaces` is on)',
  match: WORKLOADS,
  unless:
    '!variables.userNamespaces || variables.windows || variables.podSpec.?hostNetwork.orValue(false) || variables.podSpec.?hostPID.orValue(false) || variables.podSpec.?hostIPC.orValue(false)',
  object: { holds: '!variables.podSpec.?hostUsers.orValue(true)' },
  examples: () => ({
    pass: [
      VALID_POD,
      WINDOWS_POD,
      ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => podExample({ hostUsers: undefined, [field]: true })),
    ],
    fail: [podExample({ hostUsers: undefined }), podExample({ hostUsers: true })],
  }),
});
