import { addressEndpoint, Connectivity } from '../../src/connectivity';
import { Cidr } from '../../src/manifest';
import type { ConnectivityOptions, Endpoint } from '../../src/connectivity';
import type { KubeObject } from '../../src/manifest';

const WEB = pod('shop', 'web', { app: 'web' }, [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 5353, protocol: 'UDP' },
]);
const DB = pod('shop', 'db', { app: 'db' });
/** Carries the label of `web` in another namespace. */
const STRANGER = pod('other', 'stranger', { app: 'web' });
const ON_HOST = pod('shop', 'agent', { app: 'agent' }, [], { hostNetwork: true });
const NAMESPACES = ['shop', 'other'].map((name) => object('v1', 'Namespace', { name, labels: { team: name } }));
const METADATA = addressEndpoint(Cidr.parse('169.254.169.254/32'));
const INTERNET = addressEndpoint(Cidr.parse('203.0.113.10/32'));

function connectivityOf(objects: readonly KubeObject[], options: ConnectivityOptions = {}): Connectivity {
  return Connectivity.of({ manifests: objects.map((one) => ({ object: one, origin: {} })), nodeFiles: [] }, options);
}

function object(apiVersion: string, kind: string, metadata: object, more: object = {}): KubeObject {
  return { apiVersion, kind, metadata, ...more } as KubeObject;
}

function pod(namespace: string, name: string, labels: object, ports: readonly object[] = [], more: object = {}): KubeObject {
  return object('v1', 'Pod', { namespace, name, labels }, { spec: { containers: [{ name: 'main', ports }], ...more } });
}

function policy(name: string, spec: object, namespace = 'shop'): KubeObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', { namespace, name }, { spec: { podSelector: {}, ...spec } });
}

const DENY = policy('default-deny', { policyTypes: ['Ingress', 'Egress'] });
const toWeb = (rule: object, name = 'to-web'): KubeObject =>
  policy(name, { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: [rule] });
const fromWeb = (rule: object, name = 'from-web'): KubeObject =>
  policy(name, { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [rule] });

/** What is open between two of these, under some policies. */
function open(policies: readonly KubeObject[], from: string | Endpoint, to: string | Endpoint, options: ConnectivityOptions = {}): string {
  const connectivity = connectivityOf([...NAMESPACES, WEB, DB, STRANGER, ON_HOST, ...policies], options);
  const endpoint = (one: string | Endpoint): Endpoint =>
    typeof one === 'string' ? (connectivity.workloads.find(({ name }) => name === `Pod/${one}`) as Endpoint) : one;
  return String(connectivity.reachable(endpoint(from), endpoint(to)).ports);
}

describe('isolation', () => {
  it.each([
    ['no policy', [], 'every port'],
    ['a policy in another namespace', [policy('deny', { policyTypes: ['Ingress'] }, 'other')], 'every port'],
    ['a policy for other pods', [toWeb({ from: [] })], 'every port'],
    ['a denial of egress at the source', [policy('deny', { policyTypes: ['Egress'] })], 'none'],
    ['a denial of ingress at the target', [policy('deny', { policyTypes: ['Ingress'] })], 'none'],
    ['a policy without types, which is about ingress', [policy('deny', {})], 'none'],
    ['a policy of another version', [{ ...policy('deny', {}), apiVersion: 'crd.projectcalico.org/v1' }], 'every port'],
  ])('%s', (_what, policies, expected) => expect(open(policies, 'shop/web', 'shop/db')).toBe(expected));

  it('asks both sides', () => {
    const egress = fromWeb({ to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ port: 5432 }, { port: 80 }] });
    const ingress = policy('to-db', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }],
    });
    expect(open([DENY, egress], 'shop/web', 'shop/db')).toBe('none');
    expect(open([DENY, ingress], 'shop/web', 'shop/db')).toBe('none');
    expect(open([DENY, egress, ingress], 'shop/web', 'shop/db')).toBe('TCP 5432');
    expect(open([DENY, egress, ingress], 'shop/db', 'shop/web')).toBe('none');
  });

  it('adds up what policies open', () => {
    const policies = [toWeb({ ports: [{ port: 80 }] }, 'a'), toWeb({ ports: [{ port: 81 }, { port: 90 }] }, 'b')];
    expect(open(policies, 'shop/db', 'shop/web')).toBe('TCP 80-81, TCP 90');
  });

  it('leaves pods alone that are in the network of their host', () => {
    expect(open([DENY], 'shop/agent', INTERNET)).toBe('every port');
    expect(open([DENY], INTERNET, 'shop/agent')).toBe('every port');
    expect(open([DENY, toWeb({ from: [{ podSelector: {} }] })], 'shop/agent', 'shop/web')).toBe('none');
  });
});

describe('peers', () => {
  it.each<[string, object, string, string]>([
    ['pods of the own namespace', { podSelector: { matchLabels: { app: 'db' } } }, 'shop/db', 'every port'],
    ['the same labels in another namespace', { podSelector: { matchLabels: { app: 'web' } } }, 'other/stranger', 'none'],
    ['every pod of a namespace by its label', { namespaceSelector: { matchLabels: { team: 'other' } } }, 'other/stranger', 'every port'],
    [
      'a namespace by its name',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } },
      'other/stranger',
      'every port',
    ],
    ['some pods of every namespace', { namespaceSelector: {}, podSelector: { matchLabels: { app: 'db' } } }, 'other/stranger', 'none'],
    [
      'an expression',
      { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['shop'] }] } },
      'other/stranger',
      'every port',
    ],
    [
      'an expression that the API server refuses',
      { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Is' }] } },
      'other/stranger',
      'none',
    ],
    ['a range that pods may be in', { ipBlock: { cidr: '10.0.0.0/8' } }, 'other/stranger', 'every port'],
    ['a range that pods are not in', { ipBlock: { cidr: '203.0.113.0/24' } }, 'other/stranger', 'none'],
    ['a range that is none', { ipBlock: { cidr: '10.0.0.0' } }, 'other/stranger', 'none'],
    ['nothing', {}, 'other/stranger', 'none'],
  ])('%s', (_what, peer, from, expected) => expect(open([toWeb({ from: [peer] })], from, 'shop/web')).toBe(expected));

  it('is everybody where a rule names none', () => {
    expect(open([toWeb({})], 'other/stranger', 'shop/web')).toBe('every port');
    expect(open([toWeb({ from: [] })], INTERNET, 'shop/web')).toBe('every port');
  });

  it('takes the ranges of pods and hosts, where they are known', () => {
    const block = fromWeb({ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] });
    expect(open([block], 'shop/web', 'other/stranger', { podRanges: ['10.1.2.0/24'] })).toBe('every port');
    expect(open([block], 'shop/web', 'other/stranger', { podRanges: ['10.2.0.0/16'] })).toBe('none');
    expect(open([block], 'shop/web', 'shop/agent', { nodeRanges: ['10.2.0.0/16'] })).toBe('none');
    expect(open([block], 'shop/web', 'shop/agent', { nodeRanges: ['10.1.0.0/24'] })).toBe('every port');
  });

  it('takes what a range excepts', () => {
    const internet = fromWeb({
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16', '10.0.0.0/8'] } }],
      ports: [{ port: 443 }],
    });
    expect(open([internet], 'shop/web', INTERNET)).toBe('TCP 443');
    expect(open([internet], 'shop/web', METADATA)).toBe('none');
    expect(open([internet], 'shop/web', 'other/stranger', { podRanges: ['10.244.0.0/16'] })).toBe('none');
    expect(open([internet], 'shop/web', 'other/stranger')).toBe('TCP 443'); // pods could be in 192.168.0.0/16
  });
});

describe('ports', () => {
  it.each([
    ['a port', [{ port: 80 }], 'TCP 80'],
    ['a range', [{ port: 30000, endPort: 32767 }], 'TCP 30000-32767'],
    ['another protocol', [{ port: 53, protocol: 'UDP' }], 'UDP 53'],
    ['every port of a protocol', [{ protocol: 'SCTP' }], 'every SCTP port'],
    ['every port, written out', [{ protocol: 'TCP' }, { protocol: 'UDP' }, { protocol: 'SCTP' }], 'every port'],
    ['a name that the target has', [{ port: 'http' }], 'TCP 8080'],
    ['a name of another protocol', [{ port: 'dns' }], 'none'],
    ['a name of that protocol', [{ port: 'dns', protocol: 'UDP' }], 'UDP 5353'],
    ['a name that nobody has', [{ port: 'admin' }], 'none'],
    ['a protocol that is none', [{ port: 80, protocol: 'HTTP' }], 'none'],
  ])('%s', (_what, ports, expected) => expect(open([toWeb({ ports })], 'shop/db', 'shop/web')).toBe(expected));

  it('looks for a name at the target on the way out too, and finds none at an address', () => {
    const policies = [fromWeb({ ports: [{ port: 'http' }] })];
    expect(open(policies, 'shop/web', 'shop/web')).toBe('TCP 8080');
    expect(open(policies, 'shop/web', 'shop/db')).toBe('none');
    expect(open(policies, 'shop/web', INTERNET)).toBe('none');
  });
});

it('says which policies isolate, and which of them open', () => {
  const objects = [
    ...NAMESPACES,
    WEB,
    DB,
    DENY,
    toWeb({ from: [{ podSelector: {} }] }, 'a'),
    toWeb({ from: [], ports: [{ port: 80 }] }, 'b'),
  ];
  const connectivity = connectivityOf(objects);
  const [web, db] = connectivity.workloads as unknown as [Endpoint, Endpoint];
  const { egress, ingress } = connectivity.reachable(db, web);
  const names = (policies: typeof ingress.openedBy): unknown[] => policies.map(({ manifest }) => manifest.object.metadata?.name);
  expect([names(egress.isolatedBy), names(egress.openedBy)]).toEqual([['default-deny'], []]);
  expect([names(ingress.isolatedBy), names(ingress.openedBy)]).toEqual([
    ['default-deny', 'a', 'b'],
    ['a', 'b'],
  ]);
});

it('names the policies that it does not read', () => {
  const cilium = object('cilium.io/v2', 'CiliumNetworkPolicy', { namespace: 'shop', name: 'l7' }, { spec: {} });
  expect(connectivityOf([cilium]).notRead.map((manifest) => manifest.object)).toEqual([cilium]);
});
