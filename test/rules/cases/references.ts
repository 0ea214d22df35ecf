import type { KubeObject } from '../../../src/manifest';
import { inController, VALID_POD } from '../../../src/rules';
import {
  account,
  ACCOUNT,
  binding,
  clusterBinding,
  clusterRole,
  deployment,
  group,
  inShop,
  NAMESPACE,
  policy,
  READER,
  SERVICE,
  shop,
  shopWithout,
  WEB,
  WEB_POLICY,
} from '../../support/shop';
import type { RuleCases } from './rule-cases';

const BOTH = ['Ingress', 'Egress'];
const wbe = { app: 'wbe' };
const expression = (operator: string, ...values: string[]): object => ({ matchExpressions: [{ key: 'app', operator, values }] });
const service = (spec: object): KubeObject => ({ ...SERVICE, spec: { ...(SERVICE['spec'] as object), ...spec } });
const budget = (selector: object): KubeObject => inShop('policy/v1', 'PodDisruptionBudget', 'web', { spec: { selector } });
const selecting = (podSelector: object): KubeObject => policy('some', { podSelector, policyTypes: BOTH });
const peer = (to: object): KubeObject => policy('flow', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [to] }] });
const namespaced = (name: string, podSelector?: object): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  ...(podSelector && { podSelector }),
});
const other = (labels: Record<string, string> = {}): KubeObject => ({ ...NAMESPACE, metadata: { name: 'other', labels } });

/** A workload with one port, and a container that says something else. */
function withPorts(container: object): KubeObject {
  const main = {
    ...(VALID_POD['spec'].containers[0] as object),
    ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 9090 }],
    ...container,
  };
  return inController({ ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), containers: [main] } }, 'Deployment');
}
const leadsTo = (targetPort: unknown, selector: object = { app: 'web' }): KubeObject =>
  service({ selector, ports: [{ port: 80, targetPort }] });

export const REFERENCE_CASES: readonly RuleCases[] = [
  {
    rule: 'selector-matches',
    pass: [
      { what: 'a selector of a workload', objects: shop(budget({ matchLabels: { app: 'web' } })) },
      { what: 'a selector by expression', objects: shop(selecting(expression('In', 'api', 'web')), budget(expression('Exists'))) },
      { what: 'an empty selector, before there is a pod', objects: shopWithout([WEB, WEB_POLICY, SERVICE], selecting({}), budget({})) },
      { what: 'a Service without one', objects: shop(service({ selector: undefined })) },
      { what: 'a namespace that is made elsewhere', objects: shopWithout([NAMESPACE, WEB]) },
      { what: 'a kind of another API group', objects: shop({ ...service({ selector: wbe }), apiVersion: 'serving.knative.dev/v1' }) },
    ],
    fail: [
      { what: 'a Service', objects: shop(service({ selector: wbe })), found: ['Service shop/web: app=wbe'] },
      { what: 'a budget', objects: shop(budget({ matchLabels: wbe })), found: ['PodDisruptionBudget shop/web: app=wbe'] },
      { what: 'a policy', objects: shop(selecting({ matchLabels: wbe })), found: ['NetworkPolicy shop/some: app=wbe'] },
      {
        what: 'labels of which one is wrong',
        objects: shop(selecting({ matchLabels: { app: 'web', tier: 'api' } })),
        found: ['NetworkPolicy shop/some: app=web,tier=api'],
      },
      ...(
        [
          [expression('In', 'api', 'db'), 'app in (api,db)'],
          [expression('NotIn', 'web'), 'app notin (web)'],
          [expression('DoesNotExist'), '!app'],
          [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, 'tier'],
          [{ matchLabels: { app: 'web' }, ...expression('NotIn', 'web') }, 'app=web,app notin (web)'],
        ] as const
      ).map(([selector, text]) => ({
        what: `an expression: ${text}`,
        objects: shop(selecting(selector)),
        found: [`NetworkPolicy shop/some: ${text}`],
      })),
      {
        what: 'the pods of another namespace',
        objects: shopWithout([WEB, WEB_POLICY], { ...WEB, metadata: { name: 'web', namespace: 'other' } }),
        found: ['Service shop/web: app=web'],
      },
    ],
  },
  {
    rule: 'peer-matches',
    pass: [
      { what: 'a workload of the namespace', objects: shop(peer({ podSelector: { matchLabels: { app: 'web' } } })) },
      { what: 'all pods, before there is one', objects: shopWithout([WEB, WEB_POLICY, SERVICE], peer({ podSelector: {} })) },
      { what: 'a range of addresses', objects: shop(peer({ ipBlock: { cidr: '203.0.113.0/24' } })) },
      {
        what: 'a namespace that is made elsewhere',
        objects: shop(peer(namespaced('kube-system', { matchLabels: { 'k8s-app': 'kube-dns' } }))),
      },
      {
        what: 'namespaces of which one is made elsewhere',
        objects: shop(
          peer({
            podSelector: { matchLabels: wbe },
            namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'gateway'] }] },
          }),
        ),
      },
      {
        what: 'namespaces by a label, which others may have',
        objects: shop(peer({ podSelector: { matchLabels: wbe }, namespaceSelector: { matchLabels: { team: 'a' } } })),
      },
      {
        what: 'namespaces but some by name',
        objects: shop(
          peer({
            podSelector: { matchLabels: wbe },
            namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }] },
          }),
        ),
      },
      { what: 'every namespace', objects: shop(peer({ podSelector: { matchLabels: wbe }, namespaceSelector: {} })) },
      {
        what: 'a workload of another namespace',
        objects: shop(
          other(),
          { ...WEB, metadata: { name: 'web', namespace: 'other' } },
          peer(namespaced('other', { matchLabels: { app: 'web' } })),
        ),
      },
      { what: 'another namespace as a whole', objects: shop(other(), peer(namespaced('other'))) },
      {
        what: 'a policy in a namespace that is made elsewhere',
        objects: shopWithout([NAMESPACE], peer({ podSelector: { matchLabels: wbe } })),
      },
      ...(['ingress', 'monitoring', 'dns'] as const).map((platform) => ({
        what: `pods that the settings name (${platform}), in a namespace that is made here`,
        objects: shop(other(), peer(namespaced('other', { matchLabels: { app: 'gateway' } }))),
        settings: { [platform]: { namespace: 'other', podLabels: { app: 'gateway', tier: 'edge' } } },
      })),
    ],
    fail: [
      {
        what: 'a label that no workload of the namespace has',
        objects: shop(peer({ podSelector: { matchLabels: wbe } })),
        found: ['NetworkPolicy shop/flow: podSelector app=wbe'],
      },
      {
        what: 'a source',
        objects: shop(
          policy('flow', {
            podSelector: {},
            ingress: [{ from: [{ podSelector: { matchLabels: wbe } }, { podSelector: expression('DoesNotExist') }] }],
          }),
        ),
        found: ['NetworkPolicy shop/flow: podSelector app=wbe', 'NetworkPolicy shop/flow: podSelector !app'],
      },
      {
        what: 'a namespace that is made here and has no such pod',
        objects: shop(other(), peer(namespaced('other', { matchLabels: { app: 'web' } }))),
        found: ['NetworkPolicy shop/flow: podSelector app=web, namespaceSelector kubernetes.io/metadata.name=other'],
      },
      {
        what: 'a policy elsewhere, with a peer here',
        objects: shop(policy('flow', { podSelector: {}, ingress: [{ from: [namespaced('shop', { matchLabels: wbe })] }] }, 'elsewhere')),
        found: ['NetworkPolicy elsewhere/flow: podSelector app=wbe, namespaceSelector kubernetes.io/metadata.name=shop'],
      },
      {
        what: 'a namespace that is made here and has not all the labels',
        objects: shop(
          other({ team: 'b' }),
          peer({ namespaceSelector: { matchLabels: { team: 'a', 'kubernetes.io/metadata.name': 'other' } }, podSelector: {} }),
        ),
        found: ['NetworkPolicy shop/flow: namespaceSelector team=a,kubernetes.io/metadata.name=other'],
      },
      {
        what: 'pods of the platform that are in another namespace than the settings say',
        objects: shop(other(), peer(namespaced('other', { matchLabels: { app: 'gateway' } }))),
        settings: { ingress: { namespace: 'gateway', podLabels: { app: 'gateway' } } },
        found: ['NetworkPolicy shop/flow: podSelector app=gateway, namespaceSelector kubernetes.io/metadata.name=other'],
      },
      {
        what: 'pods of the platform with other labels than the settings say',
        objects: shop(other(), peer(namespaced('other', { matchLabels: { app: 'gatewya' } }))),
        settings: { ingress: { namespace: 'other', podLabels: { app: 'gateway' } } },
        found: ['NetworkPolicy shop/flow: podSelector app=gatewya, namespaceSelector kubernetes.io/metadata.name=other'],
      },
    ],
  },
  {
    rule: 'port-names',
    pass: [
      { what: 'a probe on a port that the container has', objects: [withPorts({ livenessProbe: { httpGet: { port: 'http' } } })] },
      {
        what: 'a number, also as text',
        objects: [withPorts({ livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { tcpSocket: { port: '81' } } })],
      },
      { what: 'a Service to a port that its pods have', objects: [withPorts({}), leadsTo('http')] },
      { what: 'a Service to a number', objects: [withPorts({}), leadsTo(8080)] },
      { what: 'a Service whose pods are made elsewhere', objects: [leadsTo('web')] },
      { what: 'a Service that selects nothing itself', objects: [withPorts({}), leadsTo('web', {})] },
    ],
    fail: [
      ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).map((probe) => ({
        what: `a ${probe} on a port that the container has not`,
        objects: [withPorts({ [probe]: { tcpSocket: { port: 'metrics' } } })],
        found: ['Deployment shop/web main: metrics'],
      })),
      {
        what: 'two probes on one port that there is not, once',
        objects: [withPorts({ livenessProbe: { httpGet: { port: 'a' } }, readinessProbe: { httpGet: { port: 'a' } } })],
        found: ['Deployment shop/web main: a'],
      },
      { what: 'a Service to a port that its pods have not', objects: [withPorts({}), leadsTo('web')], found: ['Service shop/web: web'] },
    ],
  },
  {
    rule: 'service-account-exists',
    pass: [
      { what: 'an account that is made here', objects: shop() },
      { what: 'the one that Kubernetes makes', objects: shop(deployment('web', 'default')) },
      { what: 'a namespace that is made elsewhere', objects: [WEB] },
    ],
    fail: [
      { what: 'an account that nobody makes', objects: shopWithout([ACCOUNT]), found: ['Deployment shop/web: web'] },
      {
        what: 'an account of another namespace',
        objects: shopWithout([ACCOUNT], { ...ACCOUNT, metadata: { name: 'web', namespace: 'other' } }),
        found: ['Deployment shop/web: web'],
      },
      {
        what: 'an object of another kind with that name',
        objects: shopWithout([ACCOUNT], inShop('v1', 'ConfigMap', 'web')),
        found: ['Deployment shop/web: web'],
      },
    ],
  },
  {
    rule: 'role-exists',
    pass: [
      { what: 'a Role that is made here', objects: shop() },
      {
        what: 'a ClusterRole that is made here',
        objects: shop(clusterRole('nodes', []), binding('b', 'ClusterRole/nodes', []), clusterBinding('c', 'nodes', [])),
      },
      {
        what: 'a ClusterRole of Kubernetes',
        objects: shop(binding('b', 'ClusterRole/view', []), clusterBinding('c', 'system:auth-delegator', [])),
      },
      { what: 'a namespace that is made elsewhere', objects: shopWithout([NAMESPACE, READER], binding('b', 'ClusterRole/none', [])) },
    ],
    fail: [
      { what: 'a Role that nobody makes', objects: shopWithout([READER]), found: ['RoleBinding shop/reader: Role reader'] },
      {
        what: 'a Role of another namespace',
        objects: shopWithout([READER], { ...READER, metadata: { name: 'reader', namespace: 'other' } }),
        found: ['RoleBinding shop/reader: Role reader'],
      },
      {
        what: 'a Role with the name of a ClusterRole',
        objects: shop(binding('b', 'Role/view', [])),
        found: ['RoleBinding shop/b: Role view'],
      },
      {
        what: 'a ClusterRole with the name of a Role',
        objects: shop(binding('b', 'ClusterRole/reader', [])),
        found: ['RoleBinding shop/b: ClusterRole reader'],
      },
      {
        what: 'a ClusterRole that nobody makes, bound everywhere',
        objects: [clusterBinding('b', 'system:auth-delegater', [])],
        found: ['ClusterRoleBinding b: ClusterRole system:auth-delegater'],
      },
      {
        what: 'a Role, bound everywhere',
        objects: shop({ ...clusterBinding('b', '', []), roleRef: { kind: 'Role', name: 'reader' } }),
        found: ['ClusterRoleBinding b: Role reader'],
      },
      {
        what: 'no role',
        objects: shop({ ...binding('b', 'Role/x', []), roleRef: undefined }),
        found: ['RoleBinding shop/b: no kind without a name'],
      },
    ],
  },
  {
    rule: 'subject-exists',
    pass: [
      { what: 'an account that is made here', objects: shop() },
      { what: 'the one that Kubernetes makes', objects: shop(binding('b', 'Role/reader', [account('default')])) },
      { what: 'an account of a namespace that is made elsewhere', objects: shop(clusterBinding('b', 'view', [account('web', 'other')])) },
      {
        what: 'people',
        objects: shop(
          binding('b', 'Role/reader', [group('shop/devs'), group('system:serviceaccount:shop:wbe'), { kind: 'User', name: 'jane' }]),
        ),
      },
    ],
    fail: [
      {
        what: 'an account that nobody makes',
        objects: shop(binding('b', 'Role/reader', [account('web'), account('wbe')])),
        found: ['RoleBinding shop/b: shop/wbe'],
      },
      {
        what: 'an account that is bound everywhere',
        objects: shop(clusterBinding('b', 'view', [account('wbe')])),
        found: ['ClusterRoleBinding b: shop/wbe'],
      },
      {
        what: 'an account that is written as a user',
        objects: shop(clusterBinding('b', 'view', [{ kind: 'User', name: 'system:serviceaccount:shop:wbe' }])),
        found: ['ClusterRoleBinding b: shop/wbe'],
      },
      {
        what: 'an account without a namespace, which is the one of the binding',
        objects: shop(binding('b', 'Role/reader', [{ kind: 'ServiceAccount', name: 'wbe' }])),
        found: ['RoleBinding shop/b: shop/wbe'],
      },
    ],
  },
];
