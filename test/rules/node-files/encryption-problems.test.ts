import { encryptionProblems } from '../../../src/rules';
import { withValue } from './mutation';

const KMS = { apiVersion: 'v2', name: 'kms-1', endpoint: 'unix:///run/kms/kms.sock', timeout: '3s' };
const VALID = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'EncryptionConfiguration',
  resources: [
    { resources: ['events'], providers: [{ identity: {} }] },
    { resources: ['*.*'], providers: [{ secretbox: { keys: [] } }, { identity: {} }] },
  ],
};
const ITEM = ['resources', 1] as const;
const PROVIDERS = [...ITEM, 'providers'] as const;
const KEY = { name: 'key-1', secret: Buffer.alloc(32, 7).toString('base64') };

it('finds nothing in a good one, whichever provider writes', () => {
  expect(encryptionProblems(VALID)).toEqual([]);
  expect(encryptionProblems(withValue(VALID, [...PROVIDERS, 0], { kms: KMS }))).toEqual([]);
  expect(encryptionProblems(withValue(VALID, [...PROVIDERS, 0], { aescbc: { keys: [] } }))).toEqual([]);
  expect(encryptionProblems(withValue(VALID, [...ITEM, 'resources'], ['secrets', 'deployments.apps', '*.example.com']))).toEqual([]);
});

it.each<[string, readonly (string | number)[], unknown, string, RegExp, string]>([
  ['another kind', ['kind'], 'AdmissionConfiguration', 'kind', /"AdmissionConfiguration" is not allowed/, 'NET-22'],
  [
    'a misspelt provider',
    [...PROVIDERS, 0],
    { secretboxx: { keys: [] } },
    'resources[1].providers[0].secretboxx',
    /does not start/,
    'NET-22',
  ],
  ['no rules', ['resources'], [], 'resources', /no rule is about Secrets/, 'NET-22'],
  ['no resources', [...ITEM, 'resources'], [], 'resources[1].resources', /it is empty/, 'NET-22'],
  ['no providers', PROVIDERS, [], 'resources[1].providers', /it is empty/, 'NET-22'],
  [
    'two providers in one entry',
    [...PROVIDERS, 0],
    { secretbox: { keys: [] }, identity: {} },
    'resources[1].providers[0]',
    /it has 2 providers: identity, secretbox/,
    'NET-22',
  ],
  ['an entry without provider', [...PROVIDERS, 0], {}, 'resources[1].providers[0]', /it names no provider/, 'NET-22'],
  ['identity first', PROVIDERS, [{ identity: {} }, { secretbox: { keys: [] } }], 'resources[1].providers[0]', /in the clear/, 'NET-22'],
  [
    'identity alone for Secrets',
    PROVIDERS,
    [{ identity: {} }],
    'resources[1].providers[0]',
    /identity writes \*\.\* in the clear/,
    'NET-22',
  ],
  ['aesgcm', [...PROVIDERS, 0], { aesgcm: { keys: [] } }, 'resources[1].providers[0].aesgcm', /200,000 writes/, 'NET-22'],
  [
    'a rule behind *.*',
    ['resources', 2],
    { resources: ['pods'], providers: [{ secretbox: { keys: [] } }] },
    'resources[2].resources[0]',
    /masked by the earlier "\*\.\*"/,
    'NET-22',
  ],
  ['overlapping resources', [...ITEM, 'resources'], ['*.', 'secrets'], 'resources[1].resources[1]', /covered by "\*\."/, 'NET-22'],
  [
    'a resource twice',
    [...ITEM, 'resources'],
    ['secrets', 'pods', 'secrets'],
    'resources[1].resources[2]',
    /covered by "secrets"/,
    'NET-22',
  ],
  ['a bare wildcard', [...ITEM, 'resources'], ['secrets', '*'], 'resources[1].resources[1]', /does not say which groups/, 'NET-22'],
  ['one resource in all groups', [...ITEM, 'resources'], ['secrets', 'pods.*'], 'resources[1].resources[1]', /in all groups/, 'NET-22'],
  ['capitals', [...ITEM, 'resources'], ['secrets', 'configMaps'], 'resources[1].resources[1]', /capital letters/, 'NET-22'],
  [
    'events by their other group',
    [...ITEM, 'resources'],
    ['secrets', 'events.events.k8s.io'],
    'resources[1].resources[1]',
    /core group/,
    'NET-22',
  ],
  ['a group that is gone', [...ITEM, 'resources'], ['secrets', 'ingresses.extensions'], 'resources[1].resources[1]', /gone/, 'NET-22'],
  ['what has no API', [...ITEM, 'resources'], ['secrets', 'serviceipallocations'], 'resources[1].resources[1]', /has no API/, 'NET-22'],
  ['what is no name', [...ITEM, 'resources'], ['secrets', 'a b'], 'resources[1].resources[1]', /not the name of a resource/, 'NET-22'],
  ['a rule that forgets Secrets', [...ITEM, 'resources'], ['configmaps'], 'resources', /no rule is about Secrets/, 'NET-22'],
  [
    'kms without version',
    [...PROVIDERS, 0],
    { kms: { ...KMS, apiVersion: undefined } },
    'resources[1].providers[0].kms.apiVersion',
    /v1, because it is missing, is off/,
    'NET-23',
  ],
  ['kms v1', [...PROVIDERS, 0], { kms: { ...KMS, apiVersion: 'v1' } }, 'resources[1].providers[0].kms.apiVersion', /v1 is off/, 'NET-23'],
  [
    'a cache size',
    [...PROVIDERS, 0],
    { kms: { ...KMS, cachesize: 100 } },
    'resources[1].providers[0].kms.cachesize',
    /no cache size/,
    'NET-23',
  ],
  [
    'a colon in the name',
    [...PROVIDERS, 0],
    { kms: { ...KMS, name: 'a:b' } },
    'resources[1].providers[0].kms.name',
    /"a:b" is no name/,
    'NET-23',
  ],
  [
    'kms over the network',
    [...PROVIDERS, 0],
    { kms: { ...KMS, endpoint: 'https://kms' } },
    'resources[1].providers[0].kms.endpoint',
    /not a Unix socket/,
    'NET-23',
  ],
  [
    'no time',
    [...PROVIDERS, 0],
    { kms: { ...KMS, timeout: '0s' } },
    'resources[1].providers[0].kms.timeout',
    /"0s" is not a time/,
    'NET-23',
  ],
  [
    'one kms name twice',
    [...PROVIDERS, 1],
    { kms: KMS },
    'resources[1].providers[1].kms.name',
    /two providers are called "kms-1"/,
    'NET-23',
  ],
])('finds %s', (_what, path, value, field, message, control) => {
  const base = field.endsWith('providers[1].kms.name') ? withValue(VALID, [...PROVIDERS, 0], { kms: KMS }) : VALID;
  expect(encryptionProblems(withValue(base, path, value))).toContainEqual({
    field,
    control,
    message: expect.stringMatching(message) as string,
    remedy: expect.stringMatching(/\S/) as string,
  });
});

it('finds a key in the file, and says nothing of what it is', () => {
  const problems = encryptionProblems(withValue(VALID, [...PROVIDERS, 0], { secretbox: { keys: [KEY] } }));
  expect(problems.map(({ field }) => field)).toEqual(['resources[1].providers[0].secretbox.keys[0].secret']);
  expect(JSON.stringify(problems)).not.toContain(KEY.secret.slice(0, 8));
});

it.each([
  ['two keys of one name', [KEY, KEY], /keys\[1\]\.name two keys are called "key-1"/],
  ['a key without name', [{ ...KEY, name: '' }], /keys\[0\]\.name it is empty/],
  ['a key that is not there', [{ ...KEY, secret: '' }], /keys\[0\]\.secret it is empty/],
  ['a short key', [{ ...KEY, secret: 'AAAA' }], /keys\[0\]\.secret it has 3 bytes/],
])('finds %s', (_what, keys, message) => {
  const problems = encryptionProblems(withValue(VALID, [...PROVIDERS, 0], { secretbox: { keys } }));
  expect(problems.map((problem) => `${problem.field} ${problem.message}`)).toContainEqual(expect.stringMatching(message));
});

it('shows no secret that is of a wrong type', () => {
  const keys = [{ name: 'a', secret: 12_345_678 }];
  expect(JSON.stringify(encryptionProblems(withValue(VALID, [...PROVIDERS, 0], { secretbox: { keys } })))).not.toContain('12345678');
});
