import { ApiServerAuthorization, authorizationHostParts, authorizationProblems } from '../../../src';
import type { ApiServerAuthorizationProps, DenyWebhookProps, HostParts } from '../../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../../support/control-plane';
import { expectText } from '../../support/snapshot';

const WEBHOOK: DenyWebhookProps = {
  name: 'deny-guard.example.com',
  server: 'https://guard.example.com/authorize',
  matchConditions: ["request.resourceAttributes.namespace == 'payments'"],
};

function parts(props?: ApiServerAuthorizationProps): HostParts {
  return authorizationHostParts(
    controlPlaneOf((app) => new ApiServerAuthorization(app, 'authorization', props)),
    KUBEADM_LAYOUT,
  );
}

it('is Node and RBAC by the flag that CIS looks for, and no file', () => {
  expect(parts()).toEqual({ flags: { 'kube-apiserver': [{ name: 'authorization-mode', value: 'Node,RBAC' }] } });
});

it('is a file where that is wanted, and then no flag of the mode', () => {
  const { files = [], flags } = parts({ form: 'file' });
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([['/etc/kubernetes/hardening/authorization/authorization.yaml', '0600']]);
  expect(flags).toEqual({
    'kube-apiserver': [{ name: 'authorization-config', value: '/etc/kubernetes/hardening/authorization/authorization.yaml' }],
  });
});

it('looks like this with a webhook that may deny', () => {
  expectText('authorization-webhook.yaml', fileOf(parts({ webhook: WEBHOOK }), 'authorization.yaml'));
  expect(documentsIn(fileOf(parts({ webhook: WEBHOOK }), 'authorization/webhook'))[0]).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'webhook',
        cluster: {
          server: 'https://guard.example.com/authorize',
          'certificate-authority': '/etc/kubernetes/hardening/authorization/ca.crt',
        },
      },
    ],
    users: [
      {
        name: 'kube-apiserver',
        user: {
          'client-certificate': '/etc/kubernetes/hardening/authorization/client.crt',
          'client-key': '/etc/kubernetes/hardening/authorization/client.key',
        },
      },
    ],
    contexts: [{ name: 'webhook', context: { cluster: 'webhook', user: 'kube-apiserver' } }],
    'current-context': 'webhook',
  });
});

it('names the kubeconfig of another webhook otherwise, so that the API server reads it', () => {
  const kubeconfigs = [WEBHOOK, { ...WEBHOOK, server: 'https://other.example.com' }].map((webhook) => parts({ webhook }).files?.[1]?.path);
  expect(new Set(kubeconfigs).size).toBe(2);
});

it.each<[string, ApiServerAuthorizationProps]>([
  ['without webhook', { form: 'file' }],
  ['with one', { webhook: WEBHOOK }],
  ['with a condition that is there in any case', { webhook: { ...WEBHOOK, matchConditions: ["!('system:nodes' in request.groups)"] } }],
])('is a configuration in which nothing is wrong %s', (_what, props) => {
  expect(authorizationProblems(documentsIn(fileOf(parts(props), 'authorization.yaml'))[0])).toEqual([]);
});

it.each<[string, ApiServerAuthorizationProps, RegExp]>([
  [
    'a flag with a webhook',
    { form: 'flag', webhook: WEBHOOK },
    /access\.authorization\.form: a webhook .* needs a file \(control AUTH-04\)\. Write form: 'file'/,
  ],
  ['a bad name', { webhook: { ...WEBHOOK, name: 'Guard_1' } }, /access\.authorization\.webhook\.name: 'Guard_1' is not a DNS name/],
  ['a webhook over http', { webhook: { ...WEBHOOK, server: 'http://guard' } }, /access\.authorization\.webhook\.server: it is not https/],
  [
    'a webhook that is asked everything',
    { webhook: { ...WEBHOOK, matchConditions: [] } },
    /matchConditions: it is empty, .* every request would wait/,
  ],
  ['a long wait', { webhook: { ...WEBHOOK, timeoutSeconds: 31 } }, /timeoutSeconds: 31 is not above 0 and at most 30/],
])('refuses %s', (_what, props, message) => {
  expect(() => controlPlaneOf((app) => new ApiServerAuthorization(app, 'authorization', props))).toThrow(message);
});
