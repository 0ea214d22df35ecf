import { admissionProblems, staticPolicyProblems } from '../../../src/rules';
import { withValue } from './mutation';

const VALID = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'PodSecurity',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: { enforce: 'restricted', 'enforce-version': 'v1.37', audit: 'restricted', 'audit-version': 'latest' },
        exemptions: { usernames: [], runtimeClasses: [], namespaces: ['kube-system'] },
      },
    },
    {
      name: 'EventRateLimit',
      configuration: {
        apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
        kind: 'Configuration',
        limits: [{ type: 'Namespace', qps: 50, burst: 100, cacheSize: 2000 }],
      },
    },
    {
      name: 'ImagePolicyWebhook',
      configuration: { imagePolicy: { kubeConfigFile: '/etc/k', allowTTL: 60, denyTTL: 30, retryBackoff: 500, defaultAllow: false } },
    },
    {
      name: 'ValidatingAdmissionPolicy',
      configuration: {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyConfiguration',
        staticManifestsDir: '/etc/static',
      },
    },
  ],
};
const ENABLED = ['NodeRestriction', 'EventRateLimit', 'ImagePolicyWebhook'];
const problemsOf = (document: unknown, minor: '1.35' | '1.36' | '1.37' = '1.37') =>
  admissionProblems(document, { minor, enabled: ENABLED });
const SECURITY = ['plugins', 0, 'configuration'] as const;
const EVENTS = ['plugins', 1, 'configuration', 'limits', 0] as const;
const IMAGES = ['plugins', 2, 'configuration', 'imagePolicy'] as const;

it('finds nothing in a good one', () => expect(problemsOf(VALID)).toEqual([]));

it.each<[string, readonly (string | number)[], unknown, string, RegExp, string]>([
  ['a misspelt field', ['pluginz'], [], 'pluginz', /does not start with it/, 'POD-08'],
  ['no Pod Security', ['plugins', 0], { name: 'ResourceQuota' }, 'plugins', /a namespace without labels admits every pod/, 'POD-08'],
  ['a plugin that there is not', ['plugins', 4], { name: 'PodSecurityPolicy' }, 'plugins[4].name', /the entry is ignored/, 'POD-08'],
  [
    'a plugin that takes nothing',
    ['plugins', 4],
    { name: 'NodeRestriction' },
    'plugins[4].name',
    /no plugin "NodeRestriction" reads/,
    'POD-08',
  ],
  [
    'a plugin that is not enabled',
    ['plugins', 4],
    { name: 'PodNodeSelector' },
    'plugins[4].name',
    /PodNodeSelector is not enabled/,
    'POD-08',
  ],
  ['a plugin twice', ['plugins', 4], { name: 'PodSecurity' }, 'plugins[4].name', /there twice/, 'POD-08'],
  ['a plugin with two configurations', ['plugins', 0, 'path'], '/a', 'plugins[0]', /both a path and a configuration/, 'POD-08'],
  [
    'an enabled plugin without entry',
    ['plugins', 1],
    { name: 'ResourceQuota' },
    'plugins',
    /EventRateLimit is enabled and has no entry/,
    'POD-08',
  ],
  [
    'a level that there is not',
    [...SECURITY, 'defaults', 'enforce'],
    'strict',
    'plugins[0].configuration.defaults.enforce',
    /"strict" is not allowed/,
    'POD-08',
  ],
  [
    'a weak level',
    [...SECURITY, 'defaults', 'enforce'],
    'baseline',
    'plugins[0].configuration.defaults.enforce',
    /admit pods that are baseline/,
    'POD-08',
  ],
  ['no level', [...SECURITY, 'defaults', 'enforce'], undefined, 'plugins[0].configuration.defaults.enforce', /it is missing/, 'POD-08'],
  [
    'a level that moves',
    [...SECURITY, 'defaults', 'enforce-version'],
    'latest',
    'plugins[0].configuration.defaults.enforce-version',
    /next upgrade/,
    'POD-08',
  ],
  [
    'a level of the future',
    [...SECURITY, 'defaults', 'enforce-version'],
    'v1.99',
    'plugins[0].configuration.defaults.enforce-version',
    /takes it as latest/,
    'POD-08',
  ],
  [
    'an old API version',
    [...SECURITY, 'apiVersion'],
    'pod-security.admission.config.k8s.io/v1beta1',
    'plugins[0].configuration.apiVersion',
    /not allowed/,
    'POD-08',
  ],
  [
    'exempt users',
    [...SECURITY, 'exemptions', 'usernames'],
    ['x'],
    'plugins[0].configuration.exemptions.usernames',
    /make any pod/,
    'POD-08',
  ],
  [
    'exempt runtime classes',
    [...SECURITY, 'exemptions', 'runtimeClasses'],
    ['x'],
    'plugins[0].configuration.exemptions.runtimeClasses',
    /makes any pod/,
    'POD-08',
  ],
  [
    'a field that EventRateLimit ignores',
    [...EVENTS, 'qpss'],
    1,
    'plugins[1].configuration.limits[0].qpss',
    /goes on without it/,
    'NET-08',
  ],
  ['no events at all', [...EVENTS, 'qps'], 0, 'plugins[1].configuration.limits[0].qps', /0: /, 'NET-08'],
  ['a limit of nothing', [...EVENTS, 'type'], 'Cluster', 'plugins[1].configuration.limits[0].type', /"Cluster" is not allowed/, 'NET-08'],
  ['no limits', ['plugins', 1, 'configuration', 'limits'], [], 'plugins[1].configuration.limits', /needs at least one limit/, 'NET-08'],
  [
    'a field that ImagePolicyWebhook ignores',
    [...IMAGES, 'defaultDeny'],
    true,
    'plugins[2].configuration.imagePolicy.defaultDeny',
    /goes on without it/,
    'POD-06',
  ],
  [
    'images that run while the webhook is down',
    [...IMAGES, 'defaultAllow'],
    true,
    'plugins[2].configuration.imagePolicy.defaultAllow',
    /true is not allowed/,
    'POD-06',
  ],
  ['an answer that holds for hours', [...IMAGES, 'allowTTL'], 7200, 'plugins[2].configuration.imagePolicy.allowTTL', /7200/, 'POD-06'],
  [
    'a relative folder of policies',
    ['plugins', 3, 'configuration', 'staticManifestsDir'],
    'static',
    'plugins[3].configuration.staticManifestsDir',
    /not an absolute path/,
    'AUTH-11',
  ],
])('finds %s', (_what, path, value, field, message, control) => {
  expect(problemsOf(withValue(VALID, path, value))).toContainEqual({
    field,
    control,
    message: expect.stringMatching(message) as string,
    remedy: expect.stringMatching(/\S/) as string,
  });
});

it.each([
  ['1.35', /1\.35 ignores the entry without a word/],
  ['1.36', /1\.36 does not start with it/],
] as const)('finds policies from files on %s', (minor, message) => {
  const document = withValue(VALID, [...SECURITY, 'defaults', 'enforce-version'], `v${minor}`);
  expect(problemsOf(document, minor)).toEqual([
    expect.objectContaining({ field: 'plugins[3].configuration', control: 'AUTH-11', message: expect.stringMatching(message) as string }),
  ]);
});

it('says nothing of what is enabled where it does not know', () => {
  expect(admissionProblems(withValue(VALID, ['plugins', 4], { name: 'PodNodeSelector' }), { minor: '1.37' })).toEqual([]);
});

describe('policies from files', () => {
  const POLICY = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'guard.static.k8s.io' },
    spec: { validations: [{ expression: 'true' }] },
  };
  const BINDING = {
    ...POLICY,
    kind: 'ValidatingAdmissionPolicyBinding',
    spec: { policyName: 'guard.static.k8s.io', validationActions: ['Deny'] },
  };

  it('finds nothing in a good pair', () => expect(staticPolicyProblems([POLICY, BINDING])).toEqual([]));

  it.each<[string, readonly unknown[], string, RegExp]>([
    ['another name', [withValue(POLICY, ['metadata', 'name'], 'guard'), BINDING], '[0].metadata.name', /must end in \.static\.k8s\.io/],
    ['another kind', [POLICY, BINDING, { ...POLICY, kind: 'ConfigMap' }], '[2].kind', /only ValidatingAdmissionPolicy/],
    ['another version', [{ ...POLICY, apiVersion: 'admissionregistration.k8s.io/v1beta1' }, BINDING], '[0].apiVersion', /not allowed/],
    ['parameters', [withValue(POLICY, ['spec', 'paramKind'], {}), BINDING], '[0].spec.paramKind', /take no parameters/],
    ['parameters of a binding', [POLICY, withValue(BINDING, ['spec', 'paramRef'], {})], '[1].spec.paramRef', /take no parameters/],
    [
      'a binding of another policy',
      [POLICY, BINDING, withValue(BINDING, ['spec', 'policyName'], 'x')],
      '[2].spec.policyName',
      /no file has the policy "x"/,
    ],
    ['a policy without binding', [POLICY], '[0].metadata.name', /no binding is about it/],
  ])('finds %s', (_what, documents, field, message) => {
    expect(staticPolicyProblems(documents)).toContainEqual(
      expect.objectContaining({ field, control: 'AUTH-11', message: expect.stringMatching(message) as string }),
    );
  });
});
