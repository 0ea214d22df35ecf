import { celRule } from './cel';
import { objectExample } from './examples';
import { SERVICES } from './match';

/** No NodePort, no external IPs (deprecated since 1.36), no LoadBalancer open to every address. */
export const serviceExposure = celRule({
  id: 'service-exposure',
  controls: ['NET-06'],
  message: 'is reachable past every ingress',
  remedy: 'use type ClusterIP behind a HardenedIngress; a LoadBalancer needs `loadBalancerSourceRanges`',
  match: SERVICES,
  object: {
    holds:
      "object.spec.?type.orValue('ClusterIP') != 'NodePort' && object.spec.?externalIPs.orValue([]).size() == 0 && (object.spec.?type.orValue('ClusterIP') != 'LoadBalancer' || object.spec.?loadBalancerSourceRanges.orValue([]).size() > 0)",
    found: "object.spec.?externalIPs.orValue([]).size() > 0 ? 'externalIPs' : object.spec.?type.orValue('ClusterIP')",
  },
  examples: () => ({
    pass: [
      objectExample('v1', 'Service', { spec: { ports: [{ port: 80 }] } }),
      objectExample('v1', 'Service', { spec: { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'] } }),
    ],
    fail: [
      objectExample('v1', 'Service', { spec: { type: 'NodePort' } }),
      objectExample('v1', 'Service', { spec: { externalIPs: ['203.0.113.1'] } }),
      objectExample('v1', 'Service', { spec: { type: 'LoadBalancer' } }),
    ],
  }),
});
