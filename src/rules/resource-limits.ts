import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Requests and limits for cpu, memory and ephemeral storage on every container that can have them. */
export const resourceLimits = celRule({
  id: 'resource-limits',
  controls: ['NET-07'],
  message: 'has no bounds for some resources',
  remedy: 'give the container a `size` (ContainerSize.SMALL …), or requests and limits for cpu, memory and ephemeral-storage',
  match: WORKLOADS,
  container: {
    of: 'boundedContainers',
    holds:
      "quantity(string(c.?resources.?requests.?cpu.orValue('0'))).compareTo(quantity('0')) > 0 && quantity(string(c.?resources.?requests.?memory.orValue('0'))).compareTo(quantity('0')) > 0 && quantity(string(c.?resources.?requests[?'ephemeral-storage'].orValue('0'))).compareTo(quantity('0')) > 0 && quantity(string(c.?resources.?limits.?cpu.orValue('0'))).compareTo(quantity('0')) > 0 && quantity(string(c.?resources.?limits.?memory.orValue('0'))).compareTo(quantity('0')) > 0 && quantity(string(c.?resources.?limits[?'ephemeral-storage'].orValue('0'))).compareTo(quantity('0')) > 0",
    found:
      "[quantity(string(c.?resources.?requests.?cpu.orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'requests.cpu', quantity(string(c.?resources.?requests.?memory.orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'requests.memory', quantity(string(c.?resources.?requests[?'ephemeral-storage'].orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'requests.ephemeral-storage', quantity(string(c.?resources.?limits.?cpu.orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'limits.cpu', quantity(string(c.?resources.?limits.?memory.orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'limits.memory', quantity(string(c.?resources.?limits[?'ephemeral-storage'].orValue('0'))).compareTo(quantity('0')) > 0 ? '' : 'limits.ephemeral-storage'].filter(f, f != '').join(', ')",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      containerExample({ resources: { limits: { cpu: 1 } } }),
      podExample({ ephemeralContainers: [{ name: 'debugger', image: VALID_POD['spec'].containers[0].image as string }] }), // cannot have any
    ],
    fail: [
      containerExample({ resources: undefined }),
      ...['cpu', 'memory', 'ephemeral-storage'].flatMap((resource) => [
        containerExample({ resources: { requests: { [resource]: '0' } } }),
        containerExample({ resources: { requests: { [resource]: '0' }, limits: { [resource]: '0' } } }),
        containerExample({ resources: { limits: { [resource]: undefined } } }),
      ]),
      ...['cpu', 'memory', 'ephemeral-storage'].map((resource) =>
        containerExample({ resources: { requests: { [resource]: '0' }, limits: { [resource]: '1Gi' } } }),
      ),
      ...['cpu', 'memory', 'ephemeral-storage'].map((resource) =>
        containerExample({ resources: { requests: { [resource]: '1m' }, limits: { [resource]: '0' } } }),
      ),
    ],
  }),
});
