import { authenticationProblems } from '../../../src/rules';
import { withValue } from './mutation';

const VALID = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AuthenticationConfiguration',
  anonymous: { enabled: true, conditions: [{ path: '/livez' }, { path: '/readyz' }] },
  jwt: [
    {
      issuer: { url: 'https://id.example.com/realms/k8s', audiences: ['kubernetes'] },
      claimValidationRules: [
        { claim: 'hd', requiredValue: 'example.com' },
        { expression: 'claims.?email_verified.orValue(false) == true', message: 'verified' },
      ],
      claimMappings: {
        username: { claim: 'email', prefix: 'oidc:' },
        groups: { claim: 'groups', prefix: 'oidc:' },
        uid: { claim: 'sub' },
        extra: [{ key: 'id.example.com/amr', valueExpression: 'claims.?amr.orValue([])' }],
      },
      userValidationRules: [{ expression: "!user.username.startsWith('system:')", message: 'reserved' }],
    },
  ],
};
const JWT = ['jwt', 0] as const;
const ISSUER = [...JWT, 'issuer'] as const;
const RULES = [...JWT, 'claimValidationRules'] as const;
const MAPPINGS = [...JWT, 'claimMappings'] as const;
const VERIFIED = { expression: 'claims.?email_verified.orValue(false) == true' };

it.each<[string, readonly (string | number)[], unknown]>([
  ['a good one', ['kind'], 'AuthenticationConfiguration'],
  ['one without issuers', ['jwt'], []],
  ['anonymous requests off', ['anonymous'], { enabled: false }],
  [
    'cluster-info for nodes that join with a token',
    ['anonymous', 'conditions', 1, 'path'],
    '/api/v1/namespaces/kube-public/configmaps/cluster-info',
  ],
  ['a username by expression', [...MAPPINGS, 'username'], { expression: '"oidc:" + claims.email' }],
  ['groups by expression', [...MAPPINGS, 'groups'], { expression: 'dyn(claims.?groups.orValue([])).map(g, "oidc:" + g)' }],
  ['a macro over what lies in a claim', [...RULES, 2], { expression: "claims.realm.roles.exists(r, r == 'a')" }],
  ['a username that cannot be an address', [...MAPPINGS, 'username'], { claim: 'sub', prefix: 'oidc:' }],
  ['no prefix where a rule about users does its work', [...MAPPINGS, 'username'], { claim: 'sub', prefix: '' }],
  ['several audiences', [...ISSUER], { ...VALID.jwt[0]?.issuer, audiences: ['a', 'b'], audienceMatchPolicy: 'MatchAny' }],
])('finds nothing in %s', (_what, path, value) => expect(authenticationProblems(withValue(VALID, path, value))).toEqual([]));

it.each<[string, readonly (string | number)[], unknown, string, RegExp]>([
  ['an unknown field', ['anonymus'], {}, 'anonymus', /no such field/],
  ['no word about anonymous requests', ['anonymous'], undefined, 'anonymous', /let in on every path/],
  ['anonymous requests everywhere', ['anonymous'], { enabled: true }, 'anonymous.conditions', /let in on every path/],
  ['conditions of what is off', ['anonymous', 'enabled'], false, 'anonymous.conditions', /is off/],
  ['anonymous requests to the API', ['anonymous', 'conditions', 1, 'path'], '/api', 'anonymous.conditions[1].path', /let in on "\/api"/],
  ['an issuer over http', [...ISSUER, 'url'], 'http://id.example.com', 'jwt[0].issuer.url', /"http:\/\/id\.example\.com" is not https/],
  ['a query in the URL', [...ISSUER, 'url'], 'https://id.example.com?x=1', 'jwt[0].issuer.url', /has a query or a fragment/],
  ['a fragment in the URL', [...ISSUER, 'url'], 'https://id.example.com#x', 'jwt[0].issuer.url', /has a query or a fragment/],
  ['no URL', [...ISSUER, 'url'], 'id.example.com', 'jwt[0].issuer.url', /is not a URL/],
  [
    'discovery at the same URL',
    [...ISSUER, 'discoveryURL'],
    'https://id.example.com/realms/k8s/',
    'jwt[0].issuer.discoveryURL',
    /the same as url/,
  ],
  ['discovery over http', [...ISSUER, 'discoveryURL'], 'http://inside', 'jwt[0].issuer.discoveryURL', /not https/],
  ['no audience', [...ISSUER, 'audiences'], [], 'jwt[0].issuer.audiences', /tokens for any other service/],
  [
    'an audience twice',
    [...ISSUER],
    { ...VALID.jwt[0]?.issuer, audiences: ['a', 'a'], audienceMatchPolicy: 'MatchAny' },
    'jwt[0].issuer.audiences[1]',
    /there twice/,
  ],
  ['an empty audience', [...ISSUER, 'audiences', 0], '', 'jwt[0].issuer.audiences[0]', /it is empty/],
  [
    'several audiences without policy',
    [...ISSUER, 'audiences'],
    ['a', 'b'],
    'jwt[0].issuer.audienceMatchPolicy',
    /several audiences need it/,
  ],
  ['one issuer twice', ['jwt', 1], VALID.jwt[0], 'jwt[1].issuer.url', /jwt\[0\] has it already/],
  ['too many issuers', ['jwt'], Array.from({ length: 65 }, () => VALID.jwt[0]), 'jwt', /65 issuers/],
  ['no username', [...MAPPINGS, 'username'], {}, 'jwt[0].claimMappings.username', /it is missing/],
  [
    'claim and expression',
    [...MAPPINGS, 'username', 'expression'],
    '"a" + claims.sub',
    'jwt[0].claimMappings.username',
    /both a claim and an expression/,
  ],
  ['a claim without prefix', [...MAPPINGS, 'groups', 'prefix'], undefined, 'jwt[0].claimMappings.groups.prefix', /it is missing/],
  [
    'an expression with prefix',
    [...MAPPINGS, 'groups'],
    { expression: 'claims.groups', prefix: 'a' },
    'jwt[0].claimMappings.groups.prefix',
    /takes no prefix/,
  ],
  [
    'groups that the issuer may call system:masters',
    [...MAPPINGS, 'groups', 'prefix'],
    '',
    'jwt[0].claimMappings.groups',
    /system:masters/,
  ],
  ['a prefix that is half of system:', [...MAPPINGS, 'groups', 'prefix'], 'sys', 'jwt[0].claimMappings.groups', /system:masters/],
  ['the prefix system:', [...MAPPINGS, 'groups', 'prefix'], 'system:', 'jwt[0].claimMappings.groups', /system:masters/],
  [
    'groups as they come',
    [...MAPPINGS, 'groups'],
    { expression: 'claims.?groups.orValue([])' },
    'jwt[0].claimMappings.groups',
    /system:masters/,
  ],
  ['addresses that nobody verified', RULES, [], 'jwt[0].claimMappings.username', /need not be verified/],
  [
    'addresses that pass unverified',
    [...RULES, 1, 'expression'],
    'claims.?email_verified.orValue(true) == true',
    'jwt[0].claimMappings.username',
    /passes as verified/,
  ],
  [
    'an address by expression',
    [...JWT],
    { ...VALID.jwt[0], claimValidationRules: [], claimMappings: { username: { expression: '"oidc:" + claims.email' } } },
    'jwt[0].claimMappings.username',
    /need not be verified/,
  ],
  [
    'a macro over a claim',
    [...RULES, 2],
    { expression: "claims.?groups.orValue([]).exists(g, g == 'a')" },
    'jwt[0].claimValidationRules[2].expression',
    /whose type CEL does not know/,
  ],
  [
    'a macro over a claim by index',
    [...RULES, 2],
    { expression: "claims['groups'].all(g, g == 'a')" },
    'jwt[0].claimValidationRules[2].expression',
    /whose type CEL does not know/,
  ],
  ['a uid that is two', [...MAPPINGS, 'uid', 'expression'], 'claims.sub', 'jwt[0].claimMappings.uid', /both a claim and an expression/],
  ['no expression', [...JWT, 'userValidationRules', 1], { expression: '' }, 'jwt[0].userValidationRules[1].expression', /it is empty/],
  ['a rule that is two', [...RULES, 0, 'expression'], 'true', 'jwt[0].claimValidationRules[0]', /either a claim or an expression/],
  ['a message for a claim', [...RULES, 0, 'message'], 'x', 'jwt[0].claimValidationRules[0]', /takes no message/],
  ['a value for an expression', [...RULES, 1, 'requiredValue'], 'x', 'jwt[0].claimValidationRules[1]', /takes no requiredValue/],
  ['a rule twice', [...RULES, 2], VERIFIED, 'jwt[0].claimValidationRules[2]', /there twice/],
  [
    'a rule about users twice',
    [...JWT, 'userValidationRules', 1],
    VALID.jwt[0]?.userValidationRules[0],
    'jwt[0].userValidationRules[1]',
    /there twice/,
  ],
  ['extra without domain', [...MAPPINGS, 'extra', 0, 'key'], 'amr', 'jwt[0].claimMappings.extra[0].key', /not domain\/name/],
  [
    'extra in capitals',
    [...MAPPINGS, 'extra', 0, 'key'],
    'id.example.com/AMR',
    'jwt[0].claimMappings.extra[0].key',
    /not domain\/name in lower case/,
  ],
  [
    'extra of Kubernetes',
    [...MAPPINGS, 'extra', 0, 'key'],
    'authentication.kubernetes.io/x',
    'jwt[0].claimMappings.extra[0].key',
    /keeps for itself/,
  ],
  ['extra twice', [...MAPPINGS, 'extra', 1], VALID.jwt[0]?.claimMappings.extra[0], 'jwt[0].claimMappings.extra[1].key', /there twice/],
])('finds %s', (_what, path, value, field, message) => {
  expect(authenticationProblems(withValue(VALID, path, value)).filter((problem) => problem.field === field)).toEqual([
    {
      field,
      control: field.startsWith('anonymous') ? 'AUTH-02' : 'AUTH-01',
      message: expect.stringMatching(message) as string,
      remedy: expect.stringMatching(/\S/) as string,
    },
  ]);
});

it('does not show the password of a URL', () => {
  const problems = authenticationProblems(withValue(VALID, [...ISSUER, 'url'], 'https://me:hunter2@id.example.com'));
  expect(problems[0]?.message).toBe('it has a user or a password in it');
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
