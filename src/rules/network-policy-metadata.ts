import { METADATA_ADDRESSES } from '../manifest';
import { celRule, listLiteral } from './cel';
import { networkPolicyExample } from './examples';
import { NETWORK_POLICIES } from './match';

const ADDRESSES = listLiteral(METADATA_ADDRESSES.map(({ address }) => address));

/** No egress reaches an address at which a cloud hands out credentials, IPv4 or IPv6. A rule without `to` reaches them all. */
export const networkPolicyMetadata = celRule({
  id: 'network-policy-metadata',
  controls: ['NET-26'],
  message: 'opens the way to a cloud metadata service',
  remedy: 'use Peer.internet(), which leaves these addresses out, or name the addresses that are meant',
  match: NETWORK_POLICIES,
  object: {
    holds: `dyn(object).spec.?egress.orValue([]).all(e, e.?to.orValue([]).size() > 0 && e.?to.orValue([]).all(t, (!has(t.ipBlock) || ${ADDRESSES}.all(a, !cidr(t.ipBlock.cidr).containsIP(a) || t.ipBlock.?except.orValue([]).exists(x, cidr(x).containsIP(a))))))`,
  },
  examples: () => ({
    pass: [
      networkPolicyExample({ egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] }),
      networkPolicyExample({ egress: [{ to: [{ podSelector: {} }] }] }),
      networkPolicyExample({
        egress: [{ to: [{ ipBlock: { cidr: '169.254.0.0/16', except: ['169.254.169.0/24', '169.254.170.0/24'] } }] }],
      }),
      networkPolicyExample({}),
    ],
    fail: [
      networkPolicyExample({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] }] }),
      networkPolicyExample({ egress: [{ to: [{ ipBlock: { cidr: '::/0' } }] }] }),
      networkPolicyExample({ egress: [{}] }),
      networkPolicyExample({ egress: [{ to: [{ podSelector: {} }] }, { to: [] }] }),
      networkPolicyExample({ egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: '169.254.0.0/16' } }] }] }),
      ...METADATA_ADDRESSES.map(({ address }) =>
        networkPolicyExample({ egress: [{ to: [{ ipBlock: { cidr: `${address}/${address.includes(':') ? 128 : 32}` } }] }] }),
      ),
    ],
  }),
});
