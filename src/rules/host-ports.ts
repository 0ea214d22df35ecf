import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** No container takes a port of its node (Pod Security `hostPorts`). Pods on the host network are refused by `host-namespaces`. */
export const hostPorts = celRule({
  id: 'host-ports',
  controls: ['POD-11'],
  podSecurity: ['hostPorts'],
  message: 'takes a port of the host',
  remedy: 'remove `hostPort`; expose the workload with a Service',
  match: WORKLOADS,
  unless: 'variables.podSpec.?hostNetwork.orValue(false)',
  container: {
    holds: 'c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0)',
    found: "c.?ports.orValue([]).filter(p, p.?hostPort.orValue(0) != 0).map(p, string(p.hostPort)).join(', ')",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      containerExample({ ports: [{ containerPort: 8080 }] }),
      podExample({
        hostUsers: undefined,
        hostNetwork: true, // refused by host-namespaces; the API server then sets every hostPort
        containers: [{ ...VALID_POD['spec'].containers[0], ports: [{ containerPort: 8080, hostPort: 8080 }] }],
      }),
    ],
    fail: [
      containerExample({ ports: [{ containerPort: 8080, hostPort: 8080 }] }),
      containerExample({ ports: [{ containerPort: 8080 }, { containerPort: 8081, hostPort: 8081 }] }),
    ],
  }),
});
