import { celRule } from './cel';
import { objectExample } from './examples';
import { NETWORK_POLICIES } from './match';

/** Directions are written out, and ingress names its sources: no rule without `from`, no range of all addresses. */
export const networkPolicyOpen = celRule({
  id: 'network-policy-open',
  controls: ['NET-03'],
  message: 'lets everybody in, or leaves a direction to chance',
  remedy: 'name the peers (Peer.pods, Peer.cidr …) and write both `policyTypes`',
  match: NETWORK_POLICIES,
  object: {
    holds:
      "dyn(object).spec.?policyTypes.orValue([]).size() > 0 && dyn(object).spec.?ingress.orValue([]).all(i, i.?from.orValue([]).size() > 0 && i.?from.orValue([]).all(f, !(f.?ipBlock.?cidr.orValue('') in ['0.0.0.0/0', '::/0'])))",
  },
  examples: () => ({
    pass: [
      objectExample('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
      }),
      objectExample('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }),
    ],
    fail: [
      objectExample('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] } }),
      objectExample('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
      }),
      objectExample('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ingress: [] } }),
    ],
  }),
});
