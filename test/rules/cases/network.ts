import type { KubeObject } from '../../../src/manifest';
import { deployment, DENY, NAMESPACE, policy, shop, shopWithout, WEB, WEB_POLICY } from '../../support/shop';
import type { RuleCases } from './rule-cases';

const BOTH = ['Ingress', 'Egress'];
const OTHER = deployment('other', 'web');
const web = { matchLabels: { app: 'web' } };

function cilium(spec: object, rest: object = { spec }): KubeObject {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'cilium', namespace: 'shop' }, ...rest };
}

function clusterwide(endpointSelector: object, rest: object = {}): KubeObject {
  const spec = { endpointSelector, ingress: [{}], egressDeny: [{}], ...rest };
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'cilium' }, spec };
}

const bare = (...more: KubeObject[]): KubeObject[] => shopWithout([DENY, WEB_POLICY], ...more);
const inNamespace = (name: string): object => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': name, 'any:app': 'web' } });
const OPEN = ['Deployment shop/web: Ingress, Egress'];

/** A policy that opens ranges of addresses for some pods. */
function egress(name: string, blocks: readonly object[], ports?: readonly object[], podSelector: object = web): KubeObject {
  return policy(name, { podSelector, policyTypes: ['Egress'], egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })), ports }] });
}
function ingress(name: string, blocks: readonly object[], ports?: readonly object[], podSelector: object = web): KubeObject {
  return policy(name, { podSelector, policyTypes: ['Ingress'], ingress: [{ from: blocks.map((ipBlock) => ({ ipBlock })), ports }] });
}
const INTERNET = { cidr: '0.0.0.0/0', except: ['169.254.0.0/16', '10.0.0.0/8'] };
const HTTPS = [{ port: 443 }];
const block = (cidr: string): object => ({ cidr });

export const NETWORK_CASES: readonly RuleCases[] = [
  {
    rule: 'workload-isolated',
    pass: [
      { what: 'the default-deny of the namespace', objects: shopWithout([WEB_POLICY]) },
      { what: 'a policy of its own', objects: shopWithout([DENY]) },
      {
        what: 'a policy for each way',
        objects: bare(policy('in', { podSelector: web }), policy('out', { podSelector: {}, policyTypes: ['Egress'] })),
      },
      {
        what: 'rules for both ways, by what the API server fills in',
        objects: bare(policy('both', { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] })),
      },
      { what: 'a namespace that is made elsewhere', objects: [WEB] },
      { what: 'a policy of Cilium', objects: bare(cilium({ endpointSelector: {}, ingress: [{}], egress: [{}] })) },
      {
        what: 'several rules in a policy of Cilium',
        objects: bare(
          cilium(
            {},
            {
              specs: [
                { endpointSelector: web, ingressDeny: [{}] },
                { endpointSelector: web, enableDefaultDeny: { egress: true } },
              ],
            },
          ),
        ),
      },
      { what: 'a policy of Cilium for all namespaces', objects: bare(clusterwide({})) },
      { what: 'a policy of Cilium for this namespace, with sources of labels', objects: bare(clusterwide(inNamespace('shop'))) },
    ],
    fail: [
      { what: 'no policy', objects: bare(), found: OPEN },
      {
        what: 'a policy of others',
        objects: shopWithout([DENY], OTHER),
        found: ['Deployment shop/other: Ingress, Egress'],
      },
      { what: 'a policy for ingress', objects: bare(policy('in', { podSelector: {} })), found: ['Deployment shop/web: Egress'] },
      {
        what: 'a policy for egress',
        objects: bare(policy('out', { podSelector: web, policyTypes: ['Egress'] })),
        found: ['Deployment shop/web: Ingress'],
      },
      {
        what: 'a policy that leaves it out by an expression',
        objects: bare(
          policy('in', { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, policyTypes: BOTH }),
        ),
        found: OPEN,
      },
      {
        what: 'a policy of another namespace',
        objects: bare(policy('deny', { podSelector: {}, policyTypes: BOTH }, 'other')),
        found: OPEN,
      },
      {
        what: 'a policy of Cilium of others',
        objects: bare(cilium({ endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{}] })),
        found: OPEN,
      },
      {
        what: 'a policy of Cilium that adds to what is open',
        objects: bare(cilium({ endpointSelector: {}, ingress: [{}], egress: [{}], enableDefaultDeny: { ingress: false } })),
        found: ['Deployment shop/web: Ingress'],
      },
      { what: 'a policy of Cilium without rules', objects: bare(cilium({ endpointSelector: {}, ingress: [] })), found: OPEN },
      { what: 'a policy of Cilium for nodes', objects: bare(cilium({ nodeSelector: {}, ingress: [{}], egress: [{}] })), found: OPEN },
      { what: 'a policy of Cilium for another namespace', objects: bare(clusterwide(inNamespace('other'))), found: OPEN },
      ...['reserved:host', 'io.cilium.k8s.policy.cluster', 'io.kubernetes.sa.name'].map((key) => ({
        what: `a policy of Cilium by what only Cilium knows (${key})`,
        objects: bare(clusterwide({ matchExpressions: [{ key, operator: 'NotIn', values: ['x'] }] })),
        found: OPEN,
      })),
    ],
  },
  {
    rule: 'network-policy-except',
    pass: [
      { what: 'an exception that nobody opens', objects: shop(egress('internet', [INTERNET], HTTPS)) },
      {
        what: 'a policy that opens a part of it',
        objects: shop(egress('internet', [INTERNET], HTTPS), egress('db', [block('10.1.0.0/16')], HTTPS)),
      },
      {
        what: 'a policy that opens another port',
        objects: shop(egress('internet', [INTERNET], HTTPS), egress('db', [block('10.0.0.0/8')], [{ port: 5432 }])),
      },
      ...[['https'], [1, 1000], [1000, 65_535], [444, 65_535]].map(([port, endPort]) => ({
        what: `a policy that opens other ports (${String(port)}-${String(endPort)})`,
        objects: shop(
          egress('internet', [INTERNET], [...HTTPS, { port: 'web' }]),
          egress('db', [block('10.0.0.0/8')], [{ port, endPort }]),
        ),
      })),
      {
        what: 'a policy that opens a port of another name',
        objects: shop(egress('internet', [INTERNET], [{ port: 'web' }]), egress('db', [block('10.0.0.0/8')], [{ port: 'https' }])),
      },
      {
        what: 'a policy that opens one of its ports',
        objects: shop(egress('internet', [INTERNET], [...HTTPS, { port: 80 }]), egress('db', [block('10.0.0.0/8')], HTTPS)),
      },
      {
        what: 'a policy that opens another protocol',
        objects: shop(egress('internet', [INTERNET], HTTPS), egress('db', [block('10.0.0.0/8')], [{ port: 443, protocol: 'UDP' }])),
      },
      {
        what: 'a policy that opens some ports of all',
        objects: shop(egress('internet', [INTERNET]), egress('db', [block('10.0.0.0/8')], HTTPS)),
      },
      {
        what: 'a policy for other pods',
        objects: shop(
          OTHER,
          egress('internet', [INTERNET]),
          egress('db', [block('10.0.0.0/8')], undefined, { matchLabels: { app: 'other' } }),
        ),
      },
      {
        what: 'a policy for the other direction',
        objects: shop(egress('internet', [INTERNET]), ingress('db', [block('10.0.0.0/8')])),
      },
      {
        what: 'another rule of the same policy, which who writes it sees',
        objects: shop(egress('internet', [INTERNET, block('10.0.0.0/8')])),
      },
      {
        what: 'a policy that excepts a part of it too',
        objects: shop(egress('internet', [INTERNET]), egress('db', [{ cidr: '10.0.0.0/8', except: ['10.9.0.0/16'] }])),
      },
      {
        what: 'IPv4 in the IPv6 form, which is another family',
        objects: shop(egress('internet', [INTERNET]), egress('db', [block('::/0')])),
      },
    ],
    fail: [
      {
        what: 'all of it open by another policy for the same pods, and not by one of the other family',
        objects: shop(
          egress('internet', [INTERNET], HTTPS),
          egress('db', [block('10.0.0.0/8')], HTTPS),
          egress('ipv6', [block('::/0')], HTTPS),
        ),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
      {
        what: 'more than it open, on every port',
        objects: shop(egress('internet', [INTERNET], HTTPS), egress('link-local', [block('169.0.0.0/8')])),
        found: ['NetworkPolicy shop/internet: 169.254.0.0/16 of 0.0.0.0/0, opened by link-local'],
      },
      {
        what: 'all of it open by two policies together',
        objects: shop(egress('internet', [INTERNET]), egress('low', [block('10.0.0.0/9')]), egress('high', [block('10.128.0.0/9')])),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by low and high'],
      },
      {
        what: 'an exception for all pods, open for some',
        objects: shop(egress('internet', [INTERNET], HTTPS, {}), egress('db', [block('203.0.113.0/24'), block('10.0.0.0/8')], HTTPS)),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
      {
        what: 'the same pods by other labels',
        objects: shop(
          egress('internet', [INTERNET], HTTPS, { matchExpressions: [{ key: 'app', operator: 'Exists' }] }),
          egress('db', [block('10.0.0.0/8')], HTTPS),
        ),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
      {
        what: 'a rule without a peer, which is about everybody',
        objects: shop(
          egress('internet', [INTERNET], HTTPS),
          policy('https', { podSelector: web, policyTypes: ['Egress'], egress: [{ ports: HTTPS }] }),
        ),
        found: ['169.254.0.0/16', '10.0.0.0/8'].map((hole) => `NetworkPolicy shop/internet: ${hole} of 0.0.0.0/0, opened by https`),
      },
      {
        what: 'two policies for all pods',
        objects: [egress('internet', [INTERNET], HTTPS, {}), egress('db', [block('10.0.0.0/8')], HTTPS, {})],
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
      {
        what: 'single addresses at both ends of it, and no policy that is named besides',
        objects: shop(
          egress('some', [{ cidr: '10.0.0.0/8', except: ['10.0.0.2/31'] }]),
          ...['10.0.0.2/32', '10.0.0.3/32', '10.0.0.1/32', '10.0.0.4/32'].map((address, index) => egress(`one-${index}`, [block(address)])),
        ),
        found: ['NetworkPolicy shop/some: 10.0.0.2/31 of 10.0.0.0/8, opened by one-0 and one-1'],
      },
      {
        what: 'a policy for all pods, told once however many pods there are',
        objects: shop(
          OTHER,
          deployment('third', 'web'),
          egress('internet', [INTERNET], HTTPS, { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'other', 'third'] }] }),
          egress('lan', [{ cidr: '10.0.0.0/7', except: ['11.0.0.0/8'] }], [{ port: 1, endPort: 1000 }], {}),
        ),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by lan'],
      },
      {
        what: 'policies for pods that are made elsewhere, by the same labels',
        objects: [egress('internet', [INTERNET], [{ port: 'web' }]), egress('db', [block('10.0.0.0/8')], [{ port: 'web' }, { port: 1 }])],
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
      {
        what: 'ingress and IPv6',
        objects: shop(
          ingress('office', [{ cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] }]),
          ingress('guests', [block('2001:db8:1::/48')]),
        ),
        found: ['NetworkPolicy shop/office: 2001:db8:1::/48 of 2001:db8::/32, opened by guests'],
      },
      {
        what: 'a whole protocol open',
        objects: shop(egress('internet', [INTERNET], [{ port: 'https' }]), egress('db', [block('10.0.0.0/8')], [{ protocol: 'TCP' }])),
        found: ['NetworkPolicy shop/internet: 10.0.0.0/8 of 0.0.0.0/0, opened by db'],
      },
    ],
  },
  {
    rule: 'network-policy-all-addresses',
    pass: [
      { what: 'a half', objects: shop(ingress('low', [block('0.0.0.0/1')])) },
      {
        what: 'two halves for different pods',
        objects: shop(
          OTHER,
          ingress('low', [block('0.0.0.0/1')]),
          ingress('high', [block('128.0.0.0/1')], undefined, { matchLabels: { app: 'other' } }),
        ),
      },
      {
        what: 'two halves on different ports',
        objects: shop(ingress('low', [block('0.0.0.0/1')], HTTPS), ingress('high', [block('128.0.0.0/1')], [{ port: 80 }])),
      },
      { what: 'a half each way', objects: shop(ingress('low', [block('0.0.0.0/1')]), egress('high', [block('128.0.0.0/1')])) },
      { what: 'a half of each family', objects: shop(ingress('both', [block('0.0.0.0/1'), block('8000::/1')])) },
      {
        what: 'halves with an exception',
        objects: shop(egress('both', [block('0.0.0.0/1'), { cidr: '128.0.0.0/1', except: ['169.254.0.0/16'] }])),
      },
      { what: 'one range, of which another rule speaks', objects: shop(ingress('all', [block('0.0.0.0/0')])) },
      { what: 'a rule without a peer, of which another rule speaks', objects: shop(policy('all', { podSelector: web, ingress: [{}] })) },
    ],
    fail: [
      {
        what: 'two halves in one policy',
        objects: shop(ingress('both', [block('0.0.0.0/1'), block('2001:db8::/32'), block('128.0.0.0/1')])),
        found: ['NetworkPolicy shop/both: Ingress: 0.0.0.0/1 and 128.0.0.0/1'],
      },
      {
        what: 'two halves in two policies, one for all pods',
        objects: shop(OTHER, egress('low', [block('0.0.0.0/1')]), egress('high', [block('128.0.0.0/1')], undefined, {})),
        found: ['NetworkPolicy shop/low: Egress: 128.0.0.0/1 and 0.0.0.0/1'],
      },
      {
        what: 'an exception that another range covers',
        objects: shop(egress('both', [block('0.0.0.0/1'), { cidr: '128.0.0.0/1', except: ['169.254.0.0/16'] }, block('169.0.0.0/8')])),
        found: ['NetworkPolicy shop/both: Egress: 0.0.0.0/1 and 128.0.0.0/1 and 169.0.0.0/8'],
      },
      {
        what: 'two halves on one port of several',
        objects: shop(ingress('low', [block('::/1')], [{ port: 80 }, ...HTTPS]), ingress('high', [block('8000::/1')], HTTPS)),
        found: ['NetworkPolicy shop/high: Ingress: ::/1 and 8000::/1'],
      },
      {
        what: 'policies for pods that are made elsewhere, by the same labels',
        objects: [NAMESPACE, ingress('low', [block('0.0.0.0/1')]), ingress('high', [block('128.0.0.0/1')])],
        found: ['NetworkPolicy shop/high: Ingress: 0.0.0.0/1 and 128.0.0.0/1'],
      },
    ],
  },
];
