import fc from 'fast-check';
import {
  ApiServerAuthentication,
  authenticationConfiguration,
  authenticationHostParts,
  authenticationProblems,
  DISTRIBUTIONS,
  jwtAuthenticators,
} from '../../../src';
import type { ApiServerAuthenticationProps, HostParts, OidcIssuerProps, PlatformSettingsProps } from '../../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../../support/control-plane';
import { expectText } from '../../support/snapshot';

const ISSUER: OidcIssuerProps = { issuer: 'https://id.example.com/realms/shop', audiences: ['kubernetes'] };

function parts(props?: ApiServerAuthenticationProps, settings?: PlatformSettingsProps): HostParts {
  return authenticationHostParts(
    controlPlaneOf((app) => new ApiServerAuthentication(app, 'authentication', props), settings),
    KUBEADM_LAYOUT,
  );
}

interface Written {
  readonly anonymous: { readonly enabled: boolean; readonly conditions?: readonly { readonly path: string }[] };
  readonly jwt: readonly unknown[];
}
const written = (props?: ApiServerAuthenticationProps, settings?: PlatformSettingsProps): Written =>
  documentsIn(fileOf(parts(props, settings), 'authentication/authentication'))[0] as Written;

it('looks like this', () => expectText('authentication.yaml', fileOf(parts({ oidc: [ISSUER] }), 'authentication/authentication')));

it('is a file for root alone, and a flag that stands by itself', () => {
  const { files = [], flags } = parts();
  expect(files.map(({ role, mode, owner }) => [role, mode, owner])).toEqual([['control-plane', '0600', 'root:root']]);
  expect(files[0]?.path).toMatch(/^\/etc\/kubernetes\/hardening\/authentication\/authentication-[0-9a-f]{10}\.yaml$/);
  expect(flags).toEqual({ 'kube-apiserver': [{ name: 'authentication-config', value: files[0]?.path }] });
});

// The API server takes another `jwt` while it runs, and no other `anonymous`: only a changed flag restarts it.
it('has another name when what anonymous requests reach changes, and not when issuers do', () => {
  const place = (props: ApiServerAuthenticationProps): string | undefined => parts(props).files?.[0]?.path;
  expect(place({ oidc: [ISSUER] })).toBe(place({}));
  expect(place({ tokenJoin: true })).not.toBe(place({}));
});

it('says what anonymous requests reach on every distribution: health at most, and nothing where it was nothing', () => {
  const health = ['/livez', '/readyz', '/healthz'];
  const clusterInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
  const reached = DISTRIBUTIONS.map((distribution) => {
    const { enabled, conditions = [] } = written({}, { distribution }).anonymous;
    return [distribution, enabled, conditions.map(({ path }) => path)];
  });
  expect(reached).toEqual([
    ['kubeadm', true, health],
    ['kind', true, [...health, clusterInfo]],
    ['k3s', false, []],
    ['rke2', false, []],
    ['talos', false, []],
    ['eks', true, health],
    ['gke', true, health],
    ['aks', true, health],
  ]);
});

// Its release for 1.37 has probes for the API server, and the kubelet asks without credentials.
it('lets the health paths be asked on Talos once its kubelet does', () => {
  const enabled = (['1.35', '1.36', '1.37'] as const).map((minor) => written({}, { distribution: 'talos', minor }).anonymous.enabled);
  expect(enabled).toEqual([false, false, true]);
});

it('opens cluster-info for nodes that join with a token, where they do', () => {
  expect(written({ tokenJoin: true }).anonymous.conditions).toHaveLength(4);
  expect(written({ tokenJoin: false }, { distribution: 'kind' }).anonymous.conditions).toHaveLength(3);
  expect(() => written({ tokenJoin: true }, { distribution: 'rke2' })).toThrow(
    /access\.tokenJoin: nodes of rke2 read no cluster-info to join \(control AUTH-02\)\. Remove it/,
  );
});

it('writes down what it is told of an issuer', () => {
  const [jwt] = jwtAuthenticators([
    {
      ...ISSUER,
      audiences: ['a', 'b'],
      prefix: 'corp:',
      usernameClaim: 'sub',
      groupsClaim: 'cognito:groups',
      requiredClaims: { hd: 'example.com' },
      maxTokenSeconds: 600,
      claimRules: [{ expression: 'claims.acr == "2"', message: 'a second factor is needed' }],
      extra: { 'id.example.com/amr': 'amr', 'id.example.com/odd': 'we"ird' },
      certificateAuthority: 'PEM',
    },
  ]);
  expect(jwt).toMatchObject({
    issuer: { url: ISSUER.issuer, audiences: ['a', 'b'], audienceMatchPolicy: 'MatchAny', certificateAuthority: 'PEM' },
    claimValidationRules: [
      { claim: 'hd', requiredValue: 'example.com' },
      { expression: 'claims.exp - claims.iat <= 600' },
      { expression: 'claims.acr == "2"', message: 'a second factor is needed' },
    ],
    claimMappings: {
      username: { claim: 'sub', prefix: 'corp:' },
      groups: { claim: 'cognito:groups', prefix: 'corp:' },
      extra: [
        { key: 'id.example.com/amr', valueExpression: 'claims[?"amr"].orValue([])' },
        { key: 'id.example.com/odd', valueExpression: 'claims[?"we\\"ird"].orValue([])' },
      ],
    },
  });
});

it('asks for a verified address only where users are called by it', () => {
  const rules = (usernameClaim?: string) => JSON.stringify(jwtAuthenticators([{ ...ISSUER, usernameClaim }])[0]?.claimValidationRules);
  expect(rules()).toContain('claims.?email_verified.orValue(false) == true');
  expect(rules('sub')).not.toContain('email_verified');
});

it('refuses a token whose name is empty: all who have none would be one user', () => {
  const [jwt] = jwtAuthenticators([{ ...ISSUER, prefix: 'corp:' }]);
  expect(jwt?.userValidationRules).toContainEqual({ expression: "user.username != 'corp:'", message: 'a user must have a name' });
});

it('is a good configuration whatever valid issuers there are', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const issuer: fc.Arbitrary<OidcIssuerProps> = fc.record(
    {
      issuer: label.map((name) => `https://${name}.example.com/${name}`),
      audiences: fc.uniqueArray(label, { minLength: 1, maxLength: 3 }),
      prefix: label.filter((name) => name !== 'system' && name !== 'kubeadm').map((name) => `${name}:`),
      usernameClaim: fc.constantFrom('email', 'sub', 'a b'),
      requiredClaims: fc.dictionary(label, fc.string(), { maxKeys: 2 }),
      maxTokenSeconds: fc.integer({ min: 1, max: 86_400 }),
      extra: fc.dictionary(
        label.map((name) => `id.example.com/${name}`),
        fc.string({ minLength: 1 }),
        { maxKeys: 2 },
      ),
    },
    { requiredKeys: ['issuer', 'audiences', 'prefix'] },
  );
  const issuers = fc.uniqueArray(issuer, { selector: ({ issuer: url }) => url, maxLength: 3 });
  fc.assert(
    fc.property(issuers, (all) => {
      fc.pre(new Set(all.map(({ prefix }) => prefix)).size === all.length);
      const section = { anonymous: { enabled: false } as const, jwt: jwtAuthenticators(all) };
      expect(authenticationProblems(authenticationConfiguration(section))).toEqual([]);
    }),
  );
});

it.each<[string, readonly Partial<OidcIssuerProps>[], RegExp]>([
  [
    'an issuer over http',
    [{ issuer: 'http://id.example.com' }],
    /access\.oidc\[0\]\.issuer: 'http:\/\/id\.example\.com' is not https.*\(control AUTH-01\)\. Write https/,
  ],
  ['a query', [{ issuer: 'https://id.example.com?a' }], /access\.oidc\[0\]\.issuer: .* has a query or a fragment/],
  ['no audience', [{ audiences: [] }], /access\.oidc\[0\]\.audiences: it is empty.*\(control AUTH-01\)\. Name the client id/],
  ['an audience twice', [{ audiences: ['a', 'a'] }], /access\.oidc\[0\]\.audiences: .* there twice/],
  ['a prefix of Kubernetes', [{ prefix: 'system:' }], /access\.oidc\[0\]\.prefix: 'system:' belongs to Kubernetes/],
  ['a prefix of kubeadm', [{ prefix: 'kubeadm:' }], /access\.oidc\[0\]\.prefix: 'kubeadm:' belongs to Kubernetes/],
  ['no prefix', [{ prefix: '' }], /access\.oidc\[0\]\.prefix: '' is not lower-case letters.*Write one such as 'oidc:'/],
  ['a prefix without end', [{ prefix: 'sys' }], /access\.oidc\[0\]\.prefix: 'sys' is not .* with a colon at the end/],
  ['a prefix in a prefix', [{ prefix: 'a:b:' }], /access\.oidc\[0\]\.prefix: 'a:b:' is not/],
  ['no life', [{ maxTokenSeconds: 0 }], /access\.oidc\[0\]\.maxTokenSeconds: 0 is not a whole number/],
  [
    'one prefix for two issuers',
    [{}, { issuer: 'https://other.example.com' }],
    /access\.oidc\[1\]\.prefix: access\.oidc\[0\] has 'oidc:' too/,
  ],
  [
    'one issuer twice',
    [{}, { prefix: 'b:' }],
    /access\.oidc\[1\]\.issuer: access\.oidc\[0\] has 'https:\/\/id\.example\.com\/realms\/shop' too/,
  ],
])('refuses %s', (_what, changes, message) => {
  const oidc = changes.map((change) => ({ ...ISSUER, ...change }));
  expect(() => controlPlaneOf((app) => new ApiServerAuthentication(app, 'authentication', { oidc }))).toThrow(message);
});

it('does not show the password of an issuer', () => {
  expect(() => jwtAuthenticators([{ ...ISSUER, issuer: 'https://me:hunter2@id.example.com' }])).toThrow(
    /^access\.oidc\[0\]\.issuer: it has a user or a password in it \(control AUTH-01\)\. [^@]*$/,
  );
});
