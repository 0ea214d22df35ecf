import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Neither the network, nor the processes, nor the IPC of the host (Pod Security `hostNamespaces`). */
export const hostNamespaces = celRule({
  id: 'host-namespaces',
  controls: ['POD-10', 'POD-11'],
  podSecurity: ['hostNamespaces'],
  message: 'shares a namespace of the host',
  remedy: "remove hostNetwork, hostPID and hostIPC; reach the node's services over the network instead",
  match: WORKLOADS,
  object: {
    holds:
      '!variables.podSpec.?hostNetwork.orValue(false) && !variables.podSpec.?hostPID.orValue(false) && !variables.podSpec.?hostIPC.orValue(false)',
    found:
      "[variables.podSpec.?hostNetwork.orValue(false) ? 'hostNetwork' : '', variables.podSpec.?hostPID.orValue(false) ? 'hostPID' : '', variables.podSpec.?hostIPC.orValue(false) ? 'hostIPC' : ''].filter(f, f != '').join(', ')",
  },
  examples: () => ({
    pass: [VALID_POD, podExample({ hostNetwork: false })],
    fail: ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => podExample({ hostUsers: undefined, [field]: true })),
  }),
});
