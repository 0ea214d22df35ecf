import type { KubeObject } from '../../../src/manifest';
import { DENY, inShop, LIMITS, NAMESPACE, policy, QUOTA, shop, shopWithout, WEB } from '../../support/shop';
import { ENFORCED } from './rule-cases';
import type { RuleCases } from './rule-cases';

const BOTH = ['Ingress', 'Egress'];
const deny = (spec: object): KubeObject => policy('default-deny', { podSelector: {}, policyTypes: BOTH, ...spec });
const quota = (spec: object): KubeObject => ({ ...QUOTA, spec });
const limits = (...items: object[]): KubeObject => ({ ...LIMITS, spec: { limits: items } });
const labelled = (labels: Record<string, string>): KubeObject => ({ ...NAMESPACE, metadata: { name: 'shop', labels } });
const STAGE = 'cdk8s-hardened/enforcement';
const TENANT = { 'cdk8s-hardened/tenant': 'shop' };
const HARD = QUOTA['spec'].hard as Record<string, string>;

export const NAMESPACE_CASES: readonly RuleCases[] = [
  {
    rule: 'namespace-default-deny',
    pass: [
      { what: 'one policy for all pods and both ways', objects: shop() },
      {
        what: 'one policy for each way, by what the API server fills in',
        objects: shop(policy('default-deny', { podSelector: {} }), policy('deny-egress', { podSelector: {}, policyTypes: ['Egress'] })),
      },
      { what: 'other policies that open something', objects: shop(policy('dns', { podSelector: {}, policyTypes: BOTH, egress: [{}] })) },
      { what: 'a namespace that is made elsewhere', objects: shopWithout([NAMESPACE, DENY]) },
    ],
    fail: [
      { what: 'no policy', objects: shopWithout([DENY]), found: ['Namespace shop: Ingress, Egress'] },
      {
        what: 'only some pods',
        objects: shop(deny({ podSelector: { matchLabels: { app: 'web' } } })),
        found: ['Namespace shop: Ingress, Egress'],
      },
      {
        what: 'only some pods, by an expression',
        objects: shop(deny({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } })),
        found: ['Namespace shop: Ingress, Egress'],
      },
      { what: 'one way', objects: shop(deny({ policyTypes: ['Ingress'] })), found: ['Namespace shop: Egress'] },
      { what: 'something let out', objects: shop(deny({ egress: [{}] })), found: ['Namespace shop: Egress'] },
      { what: 'something let in', objects: shop(deny({ ingress: [{ from: [{ podSelector: {} }] }] })), found: ['Namespace shop: Ingress'] },
      {
        what: 'an entry that is null, which opens everything',
        objects: shop(deny({ ingress: [null] })),
        found: ['Namespace shop: Ingress'],
      },
      {
        what: 'a policy of another namespace',
        objects: shopWithout([DENY], policy('deny-other', { podSelector: {}, policyTypes: BOTH }, 'other')),
        found: ['Namespace shop: Ingress, Egress'],
      },
      {
        what: 'a kind of another API group',
        objects: shopWithout([DENY], { ...deny({}), apiVersion: 'example.com/v1' }),
        found: ['Namespace shop: Ingress, Egress'],
      },
    ],
  },
  {
    rule: 'namespace-quota',
    pass: [
      { what: 'a quota for cpu and memory', objects: shop() },
      {
        what: 'the short names of requests',
        objects: shop(quota({ hard: { cpu: '8', memory: '16Gi', 'limits.cpu': '16', 'limits.memory': '32Gi' } })),
      },
      {
        what: 'two quotas that complete each other',
        objects: shop(quota({ hard: { cpu: '8', memory: '8Gi' } }), inShop('v1', 'ResourceQuota', 'more', { spec: { hard: HARD } })),
      },
      { what: 'a namespace that is made elsewhere', objects: shopWithout([NAMESPACE, QUOTA]) },
    ],
    fail: [
      {
        what: 'no quota',
        objects: shopWithout([QUOTA]),
        found: ['Namespace shop: requests.cpu, requests.memory, limits.cpu, limits.memory'],
      },
      {
        what: 'a quota of all but one',
        objects: shop(quota({ hard: { cpu: '8', memory: '16Gi', 'limits.cpu': '16' } })),
        found: ['Namespace shop: limits.memory'],
      },
      {
        what: 'a quota of something else',
        objects: shop(quota({ hard: { pods: '10', 'requests.cpu': '8' } })),
        found: ['Namespace shop: requests.memory, limits.cpu, limits.memory'],
      },
      ...[{ scopes: ['NotTerminating'] }, { scopeSelector: { matchExpressions: [] } }].map((scope) => ({
        what: `a quota for some pods (${Object.keys(scope).join()})`,
        objects: shop(quota({ hard: HARD, ...scope })),
        found: ['Namespace shop: requests.cpu, requests.memory, limits.cpu, limits.memory'],
      })),
    ],
  },
  {
    rule: 'namespace-limits',
    pass: [
      { what: 'a default', objects: shop() },
      { what: 'a maximum, which is the default then', objects: shop(limits({ type: 'Container', max: { cpu: '1', memory: '1Gi' } })) },
      {
        what: 'two entries that complete each other',
        objects: shop(limits({ type: 'Container', max: { cpu: '1' } }, { type: 'Container', default: { memory: '1Gi' } })),
      },
      { what: 'a namespace that is made elsewhere', objects: shopWithout([NAMESPACE, LIMITS]) },
    ],
    fail: [
      { what: 'no LimitRange', objects: shopWithout([LIMITS]), found: ['Namespace shop: limits.cpu, limits.memory'] },
      {
        what: 'bounds of pods',
        objects: shop(limits({ type: 'Pod', max: { cpu: '1', memory: '1Gi' } })),
        found: ['Namespace shop: limits.cpu, limits.memory'],
      },
      {
        what: 'a request only',
        objects: shop(
          limits({ type: 'Container', defaultRequest: { cpu: '1', memory: '1Gi' }, min: { memory: '1Mi' }, max: { cpu: '1' } }),
        ),
        found: ['Namespace shop: limits.memory'],
      },
    ],
  },
  {
    rule: 'quota-defaults',
    pass: [
      { what: 'defaults for all that is counted', objects: shop() },
      {
        what: 'a quota that counts neither cpu nor memory',
        objects: shopWithout([LIMITS], quota({ hard: { pods: '10', 'requests.storage': '1Gi' } })),
      },
      {
        what: 'a minimum, which is the request then',
        objects: shop(quota({ hard: { memory: '1Gi' } }), limits({ type: 'Container', min: { memory: '1Mi' } })),
      },
      {
        what: 'a limit, which is the request then',
        objects: shop(quota({ hard: { 'requests.cpu': '1' } }), limits({ type: 'Container', default: { cpu: '1' } })),
      },
      {
        what: 'a maximum, which is limit and request then',
        objects: shop(quota({ hard: { cpu: '1', 'limits.cpu': '1' } }), limits({ type: 'Container', max: { cpu: '1' } })),
      },
    ],
    fail: [
      {
        what: 'no LimitRange, in a namespace that is made elsewhere too',
        objects: shopWithout([NAMESPACE, LIMITS]),
        found: ['ResourceQuota shop/quota: no default for requests.cpu, requests.memory, limits.cpu, limits.memory'],
      },
      {
        what: 'a LimitRange of another namespace',
        objects: shopWithout([LIMITS], quota({ hard: { cpu: '1' } }), { ...LIMITS, metadata: { name: 'limits', namespace: 'other' } }),
        found: ['ResourceQuota shop/quota: no default for requests.cpu'],
      },
      {
        what: 'requests only',
        objects: shop(limits({ type: 'Container', defaultRequest: { cpu: '1', memory: '1Gi' } })),
        found: ['ResourceQuota shop/quota: no default for limits.cpu, limits.memory'],
      },
      {
        what: 'values for a type of its own',
        objects: shop(quota({ hard: { 'limits.cpu': '1' } }), limits({ type: 'Pod', max: { cpu: '1' } })),
        found: ['ResourceQuota shop/quota: no default for limits.cpu'],
      },
    ],
  },
  {
    rule: 'namespace-enforcement',
    pass: [
      { what: 'nothing is enforced', objects: shop() },
      { what: 'deny', objects: shop(labelled({ [STAGE]: 'deny' })), settings: { enforcement: ENFORCED } },
      { what: 'neither pods nor tenant', objects: [labelled({})], settings: { enforcement: ENFORCED } },
      { what: 'a namespace that is made elsewhere', objects: [WEB], settings: { enforcement: ENFORCED } },
    ],
    fail: [
      {
        what: 'pods and no label',
        objects: shop(),
        settings: { enforcement: ENFORCED },
        found: ['Namespace shop: no label cdk8s-hardened/enforcement'],
      },
      ...['audit', 'warn', 'Deny'].map((stage) => ({
        what: `a tenant at ${stage}`,
        objects: [labelled({ ...TENANT, [STAGE]: stage })],
        settings: { enforcement: ENFORCED },
        found: [`Namespace shop: ${stage}`],
      })),
    ],
  },
];
