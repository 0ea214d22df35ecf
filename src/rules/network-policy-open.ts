import { celRule } from './cel';
import { networkPolicyExample } from './examples';
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
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] }),
      networkPolicyExample({ policyTypes: ['Ingress', 'Egress'] }),
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] }),
    ],
    fail: [
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{}] }),
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }, { from: [] }] }),
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
      networkPolicyExample({ policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '::/0' } }] }] }),
      networkPolicyExample({ ingress: [] }),
    ],
  }),
});
