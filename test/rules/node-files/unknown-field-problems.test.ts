import fc from 'fast-check';
import { DOCUMENT_KINDS, documentProblems, unknownFieldProblems } from '../../../src/rules';
import { SUPPORTED_MINORS } from '../../../src/settings';
import type { DocumentKindName } from '../../../src/rules';
import { everyField } from '../../support/every-field';

const NAMES = Object.keys(DOCUMENT_KINDS) as DocumentKindName[];
const KUBELET = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' };

/** `field: message` of what is wrong. */
const found = (document: unknown, minor: (typeof SUPPORTED_MINORS)[number] = '1.36'): string[] =>
  unknownFieldProblems(document, minor).map(({ field, message }) => `${field}: ${message}`);

describe.each(SUPPORTED_MINORS)('Kubernetes %s', (minor) => {
  const known = NAMES.filter((name) => everyField(name, minor) !== undefined);

  it.each(known)('%s: knows every field of its own', (name) => {
    expect(documentProblems(everyField(name, minor), name, minor)).toEqual([]);
  });

  it.each(known)('%s: finds a misspelt field', (name) => {
    const document = { ...everyField(name, minor), fieldz: 1 };
    const { control, unknownFields } = DOCUMENT_KINDS[name];
    expect(documentProblems(document, name, minor)).toEqual([
      {
        field: 'fieldz',
        message: expect.stringMatching(unknownFields === 'ignored' ? /goes on without it/ : /refuses the file/) as string,
        control,
        remedy: expect.stringContaining('remove it') as string,
      },
    ]);
  });
});

it('says what was probably meant', () => {
  expect(unknownFieldProblems({ ...KUBELET, protectKernelDefault: true }, '1.36')).toEqual([
    {
      field: 'protectKernelDefault',
      message: 'is no field of KubeletConfiguration: the kubelet of 1.36 goes on without it, whatever it was meant to set',
      control: 'AUTH-03',
      remedy: 'write protectKernelDefaults, or remove it',
    },
  ]);
});

it.each([
  ['a text for a switch', { failSwapOn: 'true' }, 'failSwapOn: is "true"'],
  ['a text for a number', { podPidsLimit: '4096' }, 'podPidsLimit: is "4096"'],
  ['a fraction for a whole number', { maxPods: 1.5 }, 'maxPods: is 1.5'],
  ['days in a duration', { imageMaximumGCAge: '7d' }, 'imageMaximumGCAge: is "7d"'],
  ['a block for a list', { clusterDNS: {} }, 'clusterDNS: is a block'],
  ['a text for a block', { authentication: 'x' }, 'authentication: is a text'],
  ['a number in a map of texts', { systemReserved: { pid: 1000 } }, 'systemReserved.pid: is a number'],
  ['a word that is none of those', { authorization: { mode: 'RBAC' } }, 'authorization.mode: is "RBAC"'],
  ['a word that Go leaves open', { cgroupDriver: 'systemdd' }, 'cgroupDriver: is "systemdd"'],
  [
    'something further in a list',
    { registerWithTaints: [{ key: 'a', effects: 'NoExecute' }] },
    'registerWithTaints[0].effects: is no field',
  ],
])('finds %s', (_what, fields, start) => {
  expect(found({ ...KUBELET, ...fields })).toEqual([expect.stringContaining(start)]);
});

it.each([
  ['null', { podPidsLimit: null }],
  ['an empty word, which is the default', { authorization: { mode: '' } }],
  ['a quantity without quotes', { reservedMemory: [{ numaNode: 0, limits: { memory: 1024 } }] }],
  ['a zero duration', { syncFrequency: '0' }],
])('takes %s, as Go does', (_what, fields) => expect(found({ ...KUBELET, ...fields })).toEqual([]));

it('never shows a text that could be a secret', () => {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    users: [{ name: 'a', user: { token: 123456789, 'client-key-data': ['c2VjcmV0'] } }],
  };
  const text = JSON.stringify(unknownFieldProblems(kubeconfig, '1.36'));
  expect(text).toContain('users[0].user.token');
  expect(text).not.toMatch(/123456789|c2VjcmV0/);
});

describe('a minor', () => {
  it.each([
    ['a field', { ...KUBELET, tlsCurvePreferences: [29] }, '1.35', 'tlsCurvePreferences: came with 1.36'],
    [
      'a kind',
      { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'ValidatingAdmissionPolicyConfiguration', staticManifestsDir: '/a' },
      '1.35',
      'ValidatingAdmissionPolicyConfiguration: came with 1.36',
    ],
    ['a version', { apiVersion: 'kubeadm.k8s.io/v1beta3', kind: 'ClusterConfiguration' }, '1.37', 'apiVersion: is kubeadm.k8s.io/v1beta3'],
  ] as const)('does not know %s of another', (_what, document, minor, start) => {
    expect(found(document, minor)).toEqual([expect.stringContaining(start)]);
    expect(found(document, '1.36')).toEqual([]);
  });
});

describe('the kind', () => {
  it.each([
    ['misspelt', 'kubelet.config.k8s.io/v1beta1', 'KubeletConfig', 'KubeletConfiguration'],
    ['of a version that there is not', 'kubelet.config.k8s.io/v1', 'KubeletConfiguration', 'KubeletConfiguration'],
  ])('is found when it is %s', (_what, apiVersion, kind, meant) => {
    expect(unknownFieldProblems({ apiVersion, kind }, '1.36')).toEqual([
      expect.objectContaining({ field: 'kind', remedy: `write kubelet.config.k8s.io/v1beta1 ${meant}` }),
    ]);
  });

  it.each([{ apiVersion: 'v1', kind: 'Pod' }, { apiVersion: 'example.com/v1', kind: 'Policy' }, { version: 'v1alpha1' }, [], 'x', null])(
    'says nothing of %j, which is of somebody else',
    (document) => expect(found(document)).toEqual([]),
  );
});

describe('an admission plugin', () => {
  const admission = (name: string, configuration: object): object => ({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [
      { name: 'PodNodeSelector', configuration: { podNodeSelectorPluginConfig: {} } },
      { name, configuration },
    ],
  });
  const POD_SECURITY = { apiVersion: 'pod-security.admission.config.k8s.io/v1', kind: 'PodSecurityConfiguration' };
  const EVENT_RATE_LIMIT = { apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1', kind: 'Configuration' };

  it.each([
    ['PodSecurity', { ...POD_SECURITY, default: {} }, 'default', 'POD-08', /refuses the file/],
    ['EventRateLimit', { ...EVENT_RATE_LIMIT, limits: [{ type: 'User', qps: 1, bursts: 2 }] }, 'limits[0].bursts', 'NET-08', /goes on/],
    ['ImagePolicyWebhook', { imagePolicy: { defaultAllows: false } }, 'imagePolicy.defaultAllows', 'POD-06', /goes on/],
  ])('%s: has its configuration looked at too', (name, configuration, field, control, message) => {
    expect(unknownFieldProblems(admission(name, configuration), '1.36')).toEqual([
      expect.objectContaining({ field: `plugins[1].configuration.${field}`, control, message: expect.stringMatching(message) as string }),
    ]);
  });
});

it('never throws, whatever the document is', () => {
  const anywhere = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true });
  fc.assert(
    fc.property(anywhere, fc.constantFrom(...NAMES), fc.constantFrom(...SUPPORTED_MINORS), (value, name, minor) => {
      unknownFieldProblems(value, minor);
      documentProblems(value, name, minor);
      const document = everyField(name, minor) ?? {};
      Object.keys(document).forEach((field) => documentProblems({ ...document, [field]: value }, name, minor));
    }),
    { numRuns: 200 },
  );
});

it('takes a document that holds itself', () => {
  const document: Record<string, unknown> = { ...KUBELET };
  Object.assign(document, { authentication: document, maxPods: document, clusterDNS: [document], systemReserved: document });
  expect(found(document).length).toBeGreaterThan(3);
});

it('looks at names that every object has as at any other', () => {
  expect(found({ ...KUBELET, constructor: 1, toString: 2 })).toHaveLength(2);
  expect(found({ apiVersion: 'constructor', kind: 'toString' })).toEqual([]);
});
