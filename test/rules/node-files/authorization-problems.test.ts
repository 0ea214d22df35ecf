import { authorizationProblems } from '../../../src/rules';
import { withValue } from './mutation';

const VALID = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AuthorizationConfiguration',
  authorizers: [
    {
      type: 'Webhook',
      name: 'deny-guard.example.com',
      webhook: {
        authorizedTTL: '30s',
        unauthorizedTTL: '30s',
        timeout: '3s',
        subjectAccessReviewVersion: 'v1',
        matchConditionSubjectAccessReviewVersion: 'v1',
        failurePolicy: 'Deny',
        connectionInfo: { type: 'KubeConfigFile', kubeConfigFile: '/etc/kubernetes/webhook.kubeconfig' },
        matchConditions: [{ expression: 'has(request.resourceAttributes)' }, { expression: "!('system:nodes' in request.groups)" }],
      },
    },
    { type: 'Node', name: 'node' },
    { type: 'RBAC', name: 'rbac' },
  ],
};
const AUTHORIZERS = ['authorizers'] as const;
const WEBHOOK = [...AUTHORIZERS, 0, 'webhook'] as const;

it.each<[string, readonly (string | number)[], unknown]>([
  ['a good one', ['kind'], 'AuthorizationConfiguration'],
  ['one without webhook', AUTHORIZERS, VALID.authorizers.slice(1)],
  [
    'conditions that leave out all that begins with system:',
    [...WEBHOOK, 'matchConditions'],
    [{ expression: "!request.user.startsWith('system:')" }],
  ],
  ['two webhooks', [...AUTHORIZERS, 3], { ...VALID.authorizers[0], name: 'other' }],
])('finds nothing in %s', (_what, path, value) => expect(authorizationProblems(withValue(VALID, path, value))).toEqual([]));

it.each<[string, readonly (string | number)[], unknown, string, RegExp]>([
  ['a misspelt field', [...WEBHOOK, 'failurepolicy'], 'Deny', 'authorizers[0].webhook.failurepolicy', /no such field/],
  ['no RBAC', AUTHORIZERS, [{ type: 'Node', name: 'node' }], 'authorizers', /RBAC is missing/],
  ['no Node', AUTHORIZERS, [{ type: 'RBAC', name: 'rbac' }], 'authorizers', /Node is missing/],
  ['AlwaysAllow', [...AUTHORIZERS, 3], { type: 'AlwaysAllow', name: 'all' }, 'authorizers[3].type', /everybody an administrator/],
  ['ABAC', [...AUTHORIZERS, 3], { type: 'ABAC', name: 'abac' }, 'authorizers[3].type', /not Node, RBAC or Webhook/],
  ['RBAC twice', [...AUTHORIZERS, 3], { type: 'RBAC', name: 'more' }, 'authorizers[3].type', /there twice/],
  ['a name twice', [...AUTHORIZERS, 3], { ...VALID.authorizers[0], name: 'rbac' }, 'authorizers[3].name', /there twice/],
  ['a bad name', [...AUTHORIZERS, 1, 'name'], 'Node_1', 'authorizers[1].name', /"Node_1" is not a name/],
  ['a webhook of nothing', [...AUTHORIZERS, 0], { type: 'Webhook', name: 'hook' }, 'authorizers[0].webhook', /it is missing/],
  ['a webhook of RBAC', [...AUTHORIZERS, 2, 'webhook'], VALID.authorizers[0]?.webhook, 'authorizers[2].webhook', /RBAC takes none/],
  ['a long wait', [...WEBHOOK, 'timeout'], '31s', 'authorizers[0].webhook.timeout', /at most 30s/],
  ['no wait', [...WEBHOOK, 'timeout'], '0s', 'authorizers[0].webhook.timeout', /not above 0/],
  ['no time to live', [...WEBHOOK, 'authorizedTTL'], '0s', 'authorizers[0].webhook.authorizedTTL', /not a time above 0/],
  [
    'another review version',
    [...WEBHOOK, 'subjectAccessReviewVersion'],
    'v1beta1',
    'authorizers[0].webhook.subjectAccessReviewVersion',
    /not allowed/,
  ],
  [
    'a policy that fails open',
    [...WEBHOOK, 'failurePolicy'],
    'NoOpinion',
    'authorizers[0].webhook.failurePolicy',
    /would have denied is allowed/,
  ],
  [
    'InClusterConfig',
    [...WEBHOOK, 'connectionInfo'],
    { type: 'InClusterConfig' },
    'authorizers[0].webhook.connectionInfo.type',
    /crashes the API server/,
  ],
  [
    'another connection',
    [...WEBHOOK, 'connectionInfo', 'type'],
    'Service',
    'authorizers[0].webhook.connectionInfo.type',
    /"Service" is not possible/,
  ],
  [
    'a relative path',
    [...WEBHOOK, 'connectionInfo', 'kubeConfigFile'],
    'a',
    'authorizers[0].webhook.connectionInfo.kubeConfigFile',
    /not an absolute path/,
  ],
  [
    'nodes that wait for a webhook',
    [...WEBHOOK, 'matchConditions'],
    [{ expression: 'true' }],
    'authorizers[0].webhook.matchConditions',
    /so is the cluster/,
  ],
  [
    'a condition twice',
    [...WEBHOOK, 'matchConditions', 2],
    { expression: 'has(request.resourceAttributes)' },
    'authorizers[0].webhook.matchConditions[2].expression',
    /there twice/,
  ],
  [
    'an empty condition',
    [...WEBHOOK, 'matchConditions', 2],
    { expression: ' ' },
    'authorizers[0].webhook.matchConditions[2].expression',
    /it is empty/,
  ],
  [
    'too many conditions',
    [...WEBHOOK, 'matchConditions'],
    [{ expression: "!('system:nodes' in request.groups)" }, ...Array.from({ length: 64 }, (_, n) => ({ expression: `${n} == ${n}` }))],
    'authorizers[0].webhook.matchConditions',
    /65 conditions/,
  ],
  [
    'conditions without version',
    [...WEBHOOK, 'matchConditionSubjectAccessReviewVersion'],
    undefined,
    'authorizers[0].webhook.matchConditionSubjectAccessReviewVersion',
    /conditions need it/,
  ],
])('finds %s', (_what, path, value, field, message) => {
  expect(authorizationProblems(withValue(VALID, path, value))).toContainEqual({
    field,
    control: 'AUTH-04',
    message: expect.stringMatching(message) as string,
    remedy: expect.stringMatching(/\S/) as string,
  });
});
