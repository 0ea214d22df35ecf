import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { BlueprintInput, BlueprintProps } from '../../src';
import { DEFAULT_AUDIT_LOG, loadBlueprint, loadImageLock } from '../../src';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'blueprint-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const VALID = `baseline: "2026.1"
cluster: { name: shop, kubernetes: "1.36", distribution: kubeadm }
`;

/** A blueprint with one tenant, `more` among its settings. */
const tenant = (more = 'quota: small') => `tenants: [{ name: a, owner: o, namespaces: [a], ${more} }]\n`;

/** A blueprint that has the DNS pods selected by these labels. */
const labels = (podLabels: string) => VALID.replace('kubeadm }', `kubeadm, dns: { podLabels: ${podLabels} } }`);

/** A blueprint that denies by default in kube-system. */
const kubeSystem = (apiServer = 'endpoints: [192.0.2.10]') =>
  `${VALID.replace('kubeadm }', `kubeadm, apiServer: { ${apiServer} } }`)}kubeSystem: { nodeCidrs: [10.0.0.0/8], upstreamDns: [192.0.2.53/32] }\n`;

/** A blueprint that enforces. */
const enforcement = (more = '', exempt = '{ groups: [platform] }') => `enforcement: { exempt: ${exempt}${more} }\n`;
/** A blueprint with one identity provider. */
const oidc = (issuer: string) => `access: { oidc: { ${issuer} } }\n`;

/** A blueprint with a webhook that may deny. */
const authorization = (more = '') =>
  `access: { authorization: { ${more} webhook: { name: g, server: "https://g.example.com", matchConditions: ["true"] } } }\n`;

/** A blueprint with one waiver. */
const waiver = (control: string, target: string) =>
  `waivers: [{ control: ${control}, target: "${target}", reason: r, owner: o, expires: 2026-12-31 }]\n`;

function load(text: string) {
  const file = path.join(folder, 'b.yaml');
  fs.writeFileSync(file, text);
  return () => loadBlueprint(file);
}

// The interface that people write in TypeScript and the schema of the file are one shape: neither may drift.
// Equal, not just assignable: a setting that only one of them has, and that may be left out, would go unnoticed.
type Plain<T> = T extends readonly (infer U)[] ? Plain<U>[] : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const SAME: Same<Plain<BlueprintInput>, Plain<BlueprintProps>> = true;

it('is the shape of BlueprintProps', () => expect(SAME).toBe(true));

it('gives the settings and the props of the baseline, with their defaults', () => {
  const { settings, baseline } = load(VALID)();
  const audit = { profile: 'nsa', secretLike: [], log: DEFAULT_AUDIT_LOG };
  expect(settings).toMatchObject({ minor: '1.36', nodes: { lsm: 'none', userNamespaces: false }, dns: {}, waivers: [] });
  expect(baseline).toMatchObject({
    access: {},
    audit,
    encryption: { provider: 'secretbox' },
    tenants: [],
    groups: {},
    kubeSystem: undefined,
    without: [],
  });
});

it.each([
  ['an unknown key', 'ingres: {}\n', /b\.yaml:3:1|b\.yaml:3:\d+ ingres: there is no such setting/],
  ['a misspelt key', 'tenant: []\n', /tenant: there is no such setting\. Did you mean 'tenants'\?/],
  ['a wrong type', 'tenants: shop\n', /b\.yaml:3:10 tenants: "shop" is of another type \(control NET-02\)\. Write a list\./],
  [
    'an unknown persona',
    'access: { groups: { root: [x] } }\n',
    /access\.groups\.root: there is no such setting \(control AUTH-06\).*break-glass, platform-operator, auditor/,
  ],
  [
    'a registry without a slash',
    'images: { registries: [ghcr.io] }\n',
    /images\.registries\.0: "ghcr\.io": must end with "\/" \(control POD-07\)/,
  ],
  [
    'a namespace of Kubernetes',
    'tenants: [{ name: a, owner: o, namespaces: [kube-x] }]\n',
    /'kube-x' belongs to Kubernetes \(control NET-02\)/,
  ],
  [
    'two tenants of one name',
    'tenants: [{ name: a, owner: o, namespaces: [a] }, { name: a, owner: o, namespaces: [b] }]\n',
    /b\.yaml:3:59 tenants\.1\.name: 'a' is the name of a tenant already, at \S*b\.yaml:3:19 \(control NET-02/,
  ],
  [
    'one namespace twice',
    'tenants: [{ name: a, owner: o, namespaces: [x] }, { name: b, owner: o, namespaces: [x] }]\n',
    /b\.yaml:3:85 tenants\.1\.namespaces\.0: 'x' is a namespace of a tenant already, at \S*b\.yaml:3:45/,
  ],
  [
    'a group with two personas in the cluster',
    'access: { groups: { auditor: [g], platform-operator: [g] } }\n',
    /'g' is auditor in the cluster already, at \S*b\.yaml:3:31 \(control AUTH-06/,
  ],
  [
    'a group with two personas of one tenant',
    tenant('groups: { developer: [g], ci-deployer: [g] }'),
    /ci-deployer\.0: 'g' is developer of this tenant already, at \S*b\.yaml:3:\d+ \(control AUTH-06/,
  ],
  [
    'a group with a persona in the cluster and one of a tenant',
    `${tenant('groups: { viewer: [g] }')}access: { groups: { auditor: [g] } }\n`,
    /viewer\.0: 'g' is auditor in the cluster already, at \S*b\.yaml:4:31/,
  ],
  ['a blank owner', tenant().replace('owner: o', 'owner: " "'), /tenants\.0\.owner: " ": must not be blank/],
  ['a label that Kubernetes would refuse', labels('{ "a b": c }'), /podLabels\.a b: is not the key of a label/],
  [
    'a name instead of an address',
    kubeSystem('endpoints: [api.example.com]'),
    /endpoints\.0: "api\.example\.com": is not an IP address, such as 192\.0\.2\.10/,
  ],
  [
    'what is no range of addresses',
    kubeSystem().replace('10.0.0.0/8', 'nodes'),
    /nodeCidrs\.0: "nodes": is not a range of addresses, such as 192\.0\.2\.0\/24/,
  ],
  [
    'the range of all addresses',
    kubeSystem().replace('10.0.0.0/8', '0.0.0.0/0'),
    /nodeCidrs\.0: .* the range of all addresses is not possible/,
  ],
  [
    'kube-system without the API server',
    kubeSystem().replace(/, apiServer: \{.*?\}/, ''),
    /kubeSystem: .*Add cluster\.apiServer with its endpoints/,
  ],
  ['kube-system where more runs in it', kubeSystem().replace('kubeadm', 'k3s'), /kubeSystem: not on k3s: Traefik .* would be cut off/],
  [
    'settings for a stack that is left out',
    `${tenant()}without: [tenants]\n`,
    /b\.yaml:4:11 without\.0: the stack 'tenants' is left out, so that 'tenants' would come to nothing/,
  ],
  [
    'an unknown audit profile',
    'audit: { profile: cis }\n',
    /audit\.profile: "cis" is not allowed \(control LOG-01\)\. Allowed: "nsa", "balanced"\./,
  ],
  [
    'a group of secret-like resources with its version',
    'audit: { secretLike: [{ group: vault.example.com/v1, resources: [keys] }] }\n',
    /b\.yaml:3:\d+ audit\.secretLike\.0\.group: .* is not the name of an API group, such as vault\.example\.com; .*\(control LOG-03\)/,
  ],
  ['a log without limit', 'audit: { log: { maxBackups: 0 } }\n', /audit\.log\.maxBackups: 0: must be at least 1 \(control LOG-02\)/],
  [
    'an audit webhook over http',
    'audit: { webhook: { server: "http://a.example.com" } }\n',
    /webhook\.server: "http:.*": is not https \(control LOG-04\)/,
  ],
  [
    'an audit policy where nobody can set one',
    `${VALID.replace('kubeadm', 'eks')}audit: { profile: balanced }\n`,
    /b\.yaml:3:\d+ audit: on eks the provider decides what is recorded, .*\(control LOG-01\)\. Remove it/,
  ],
  [
    'an audit policy for a stack that is left out',
    'audit: { profile: balanced }\nwithout: [audit]\n',
    /without\.0: the stack 'audit' is left out, so that 'audit' would come to nothing/,
  ],
  ['enforcement without anybody who is exempt', 'enforcement: {}\n', /enforcement\.exempt: it is missing \(control AUTH-11\)/],
  [
    'nobody who is exempt',
    enforcement('', '{ users: [], groups: [] }'),
    /b\.yaml:3:\d+ enforcement\.exempt: nobody is exempt.*\(control AUTH-11\)/,
  ],
  [
    'everybody who is exempt',
    enforcement('', '{ groups: [platform, system:authenticated] }'),
    /enforcement\.exempt\.groups\.1: system:authenticated is everybody/,
  ],
  [
    'a tenant’s group that is exempt',
    enforcement('', '{ groups: [devs] }') + tenant('groups: { developer: [devs] }'),
    /b\.yaml:3:\d+ enforcement\.exempt\.groups\.0: 'devs' is developer of a tenant.*\(control AUTH-06\)/,
  ],
  [
    'kube-system that is denied',
    enforcement(', namespaces: { kube-system: deny }'),
    /enforcement\.namespaces\.kube-system: kube-system is never denied/,
  ],
  [
    'an unknown action',
    enforcement(', default: block'),
    /enforcement\.default: "block" is not allowed \(control POD-08\).*"audit", "warn", "deny"/,
  ],
  [
    'an unknown rule',
    enforcement(', rules: { image-digests: warn }'),
    /b\.yaml:3:\d+ enforcement\.rules\.image-digests: there is no rule 'image-digests'\. Did you mean 'image-digest'\?/,
  ],
  [
    'a rule that the API server cannot check',
    enforcement(', rules: { namespace-default-deny: warn }'),
    /rules\.namespace-default-deny: 'namespace-default-deny' must see all objects at once/,
  ],
  [
    'enforcement for a stack that is left out',
    `${enforcement()}without: [enforcement]\n`,
    /without\.0: the stack 'enforcement' is left out, so that 'enforcement' would come to nothing/,
  ],
  [
    'aesgcm',
    'encryption: { provider: aesgcm }\n',
    /encryption\.provider: "aesgcm" is not allowed \(control NET-22\)\. Allowed: "secretbox", "kms", "aescbc"\./,
  ],
  [
    'a resource in capitals',
    'encryption: { resources: [Secrets] }\n',
    /encryption\.resources\.0: .*has capital letters; write it in lower case.*NET-22/,
  ],
  [
    'kms without service',
    'encryption: { provider: kms }\n',
    /b\.yaml:3:\d+ encryption\.provider: kms needs a key service \(control NET-23\)/,
  ],
  [
    'two providers',
    'encryption: { kms: { name: a, socket: /run/kms/a.sock } }\n',
    /encryption\.kms: the provider is secretbox, .*NET-23.*Write provider: kms/,
  ],
  [
    'aescbc without reason',
    'encryption: { provider: aescbc }\n',
    /encryption\.provider: aescbc is weak \(control NET-22\)\. Use secretbox/,
  ],
  [
    'an issuer over http',
    oidc('issuer: http://id, audiences: [a]'),
    /access\.oidc\.issuer: "http:\/\/id": is not https.*\(control AUTH-01\)/,
  ],
  [
    'an issuer in a list over http',
    'access: { oidc: [{ issuer: http://id, audiences: [a] }] }\n',
    /access\.oidc\.0\.issuer: .*is not https/,
  ],
  [
    'a misspelt setting of an issuer',
    oidc('issuer: https://id, audience: a'),
    /access\.oidc\.audience: there is no such setting.*Did you mean 'audiences'\?/,
  ],
  [
    'a misspelt setting of an issuer in a list',
    'access: { oidc: [{ audience: a }] }\n',
    /access\.oidc\.0\.audience: .*Did you mean 'audiences'\?/,
  ],
  [
    'an issuer that is none',
    'access: { oidc: https://id }\n',
    /access\.oidc: "https:\/\/id": is neither an identity provider nor a list of them \(control AUTH-01\)/,
  ],
  [
    'a prefix of Kubernetes',
    oidc('issuer: https://id, audiences: [a], prefix: "system:"'),
    /access\.oidc\.prefix: "system:": 'system:' belongs to Kubernetes.*AUTH-01/,
  ],
  [
    'two issuers with one prefix',
    'access: { oidc: [{ issuer: https://a, audiences: [a] }, { issuer: https://b, audiences: [a] }] }\n',
    /access\.oidc\.1\.prefix: access\.oidc\.0 has 'oidc:' too, and could speak for its users \(control AUTH-01\)/,
  ],
  [
    'a group that the API server never sees',
    `${oidc('issuer: https://id, audiences: [a]').replace(' }\n', ', groups: { auditor: [security] } }\n')}`,
    /access\.groups\.auditor\.0: nobody can be in the group 'security': .* begin with 'oidc:' \(control AUTH-01\)\. Write 'oidc:security'\./,
  ],
  [
    'a group of a tenant that the API server never sees',
    `${oidc('issuer: https://id, audiences: [a], prefix: "corp:"')}${tenant('groups: { developer: [oidc:devs] }')}`,
    /tenants\.0\.groups\.developer\.0: nobody can be in the group 'oidc:devs': .* begin with 'corp:'/,
  ],
  [
    'a flag with a webhook',
    authorization('form: flag,'),
    /access\.authorization\.form: a flag cannot name the webhook \(control AUTH-04\)/,
  ],
  [
    'a webhook over http',
    authorization().replace('https:', 'http:'),
    /authorization\.webhook\.server: "http:\/\/g\.example\.com": .*https.*AUTH-04/,
  ],
  [
    'nodes that do not join with a token',
    `${VALID.replace('kubeadm', 'k3s')}access: { tokenJoin: true }\n`,
    /access\.tokenJoin: nodes of k3s read no cluster-info to join \(control AUTH-02\)/,
  ],
  [
    'plug-ins where the provider decides',
    `${VALID.replace('kubeadm', 'eks')}admission: { alwaysPullImages: true }\n`,
    /b\.yaml:3:\d+ admission: on eks the provider decides which plug-ins there are \(control POD-08\), .*Remove it/,
  ],
  [
    'who is asked where the provider decides',
    `${VALID.replace('kubeadm', 'gke')}access: { authorization: { form: file } }\n`,
    /access\.authorization: on gke the provider decides who is asked \(control AUTH-04\)/,
  ],
  [
    'resources where Secrets alone are encrypted',
    `${VALID.replace('kubeadm', 'rke2')}encryption: { resources: [secrets, pods] }\n`,
    /encryption\.resources: on rke2 Secrets are encrypted and nothing else \(control NET-22\)/,
  ],
  [
    'a key service where the key is on the node',
    `${VALID.replace('kubeadm', 'k3s')}encryption: { provider: kms, kms: { name: a, socket: /run/kms/a.sock } }\n`,
    /encryption\.kms: on k3s the key is on the node \(control NET-23\)/,
  ],
  [
    'a limit of nothing',
    'admission: { eventLimits: [{ type: User, qps: 0, burst: 1 }] }\n',
    /admission\.eventLimits\.0\.qps: 0: must be at least 1 \(control NET-08\)/,
  ],
  [
    'settings of encryption that is left out',
    'encryption: {}\nwithout: [encryption]\n',
    /the stack 'encryption' is left out, so that 'encryption' would/,
  ],
  [
    'an issuer of access that is left out',
    `${oidc('issuer: https://id, audiences: [a]')}without: [access]\n`,
    /the stack 'access' is left out, so that 'access\.oidc' would/,
  ],
  ['a waiver of an unknown control', waiver('POD-99', 'a/b'), /b\.yaml:3:11 waivers\.0: There is no control "POD-99"/],
  ['a waiver of many objects', waiver('POD-12', 'a/*'), /waivers\.0: Waiver of POD-12: target "a\/\*" is not one object/],
  [
    'a waiver of many files',
    waiver('UPG-04', 'NodeFile/control-plane/etc/*'),
    /waivers\.0: Waiver of UPG-04: target "NodeFile\/control-plane\/etc\/\*" is not one object/,
  ],
  [
    'a waiver of a container of a file',
    'waivers: [{ control: UPG-04, target: NodeFile/worker/etc/a, container: c, reason: r, owner: o, expires: 2026-12-31 }]\n',
    /waivers\.0: Waiver of UPG-04 for NodeFile\/worker\/etc\/a: 'container' says nothing of a node file/,
  ],
  ['a waiver without a date', 'waivers: [{ control: POD-12, target: a/b, reason: r, owner: o, expires: soon }]\n', /waivers\.0\.expires/],
])('refuses %s and says where and what instead', (_what, text, message) => {
  expect(load(text.startsWith('baseline') ? text : VALID + text)).toThrow(message);
});

it('does not repeat a password or token that stands in a URL', () => {
  const server = 'https://user:hunter2@a.example.com/?token=hunter3#hunter4';
  const refused = load(`${VALID}audit: { webhook: { server: "${server}" } }\n`);
  expect(refused).toThrow(/webhook\.server: "https:\/\/…@a\.example\.com\/\?…": has a user or a password in it \(control LOG-04\)/);
  expect(refused).not.toThrow(/hunter/);
});

it('enforces only where it is asked to, and then denies in the tenants’ namespaces and watches the cluster', () => {
  expect(load(VALID)().settings.enforcement).toBeUndefined();
  expect(load(VALID + enforcement())().settings.enforcement).toEqual({
    default: 'deny',
    cluster: 'audit',
    exempt: { groups: ['platform'] },
  });
});

it('takes the action of a namespace that is not made here, and of a rule', () => {
  const text = enforcement(', namespaces: { gateway: warn }, rules: { image-digest: warn }');
  expect(load(VALID + text)().settings.enforcement).toMatchObject({ namespaces: { gateway: 'warn' }, rules: { 'image-digest': 'warn' } });
});

it('takes one group as different personas of different tenants', () => {
  const two =
    'tenants: [{ name: a, owner: o, namespaces: [a], groups: { developer: [g] } }, { name: b, owner: o, namespaces: [b], groups: { viewer: [g] } }]\n';
  expect(load(VALID + two)().baseline.tenants).toHaveLength(2);
});

it('takes one identity provider or several, and groups as the API server sees them', () => {
  const one = oidc('issuer: https://id, audiences: [a]');
  expect(load(VALID + one)().baseline.access?.oidc).toEqual([{ issuer: 'https://id', audiences: ['a'] }]);
  const groups = 'groups: { auditor: [oidc:security], break-glass: [kubeadm:cluster-admins] }';
  expect(load(VALID + one.replace(' }\n', `, ${groups} }\n`))().baseline.groups).toEqual({
    auditor: ['oidc:security'],
    'break-glass': ['kubeadm:cluster-admins'],
  });
  const several = 'access: { oidc: [{ issuer: https://a, audiences: [a] }, { issuer: https://b, audiences: [a], prefix: "ci:" }] }\n';
  expect(load(VALID + several + tenant('groups: { ci-deployer: [ci:shop], developer: [oidc:devs] }'))().baseline.access?.oidc).toHaveLength(
    2,
  );
});

it('takes kube-system where DNS and metrics-server are all that is off the host network', () => {
  for (const distribution of ['kubeadm', 'kind']) {
    expect(load(kubeSystem().replace('kubeadm', distribution))().baseline.kubeSystem).toEqual({
      nodeCidrs: ['10.0.0.0/8'],
      upstreamDns: ['192.0.2.53/32'],
    });
  }
});

it('refuses an unsupported minor, and one that YAML reads as a number', () => {
  expect(load(VALID.replace('"1.36"', '"1.34"'))).toThrow(
    /b\.yaml:2:\d+ cluster\.kubernetes: "1\.34" is not allowed \(control UPG-01\)\. Allowed: "1\.35", "1\.36", "1\.37"\./,
  );
  expect(load(VALID.replace('"1.36"', '1.36'))).toThrow(/1\.36 is not allowed .*put it in quotes/);
});

it('tells all mistakes at once, of shape and of sense, in the order of the file', () => {
  const twice = '{ name: a, owner: o, namespaces: [a] }';
  const text = `tenants: [${twice}, ${twice}]\n${VALID.replace('"1.36"', '"1.34"')}one: 1\n`;
  let message = '';
  try {
    load(text)();
  } catch (error) {
    message = (error as Error).message;
  }
  const places = message.split('\n').map((line) => /b\.yaml:(\d+):\d+ (\S+):/.exec(line)?.slice(1).join(' '));
  expect(places).toEqual(['1 tenants.1.name', '1 tenants.1.namespaces.0', '3 cluster.kubernetes', '4 one', undefined]);
  expect(message).toMatch(/4 mistakes in .*b\.yaml\. Nothing was written\.$/);
});

it('escapes what would steer the terminal that shows the error', () => {
  expect(load(`${VALID}"\\e[31mred\\u202e": 1\n`)).toThrow('\\u{1b}[31mred\\u{202e}: there is no such setting');
});

it.each([
  ['a key twice', 'baseline: "2026.1"\nbaseline: "2026.1"\n', /b\.yaml:2:1 the key 'baseline' is there twice/],
  ['a custom tag', 'baseline: !!js/function "x"\n', /b\.yaml:1/],
  [
    'an alias bomb',
    `a: &a [x,x]\n${Array.from({ length: 12 }, (_, n) => `${'bcdefghijklm'[n]}: &${'bcdefghijklm'[n]} [*${'abcdefghijkl'[n]},*${'abcdefghijkl'[n]}]`).join('\n')}\n`,
    /b\.yaml:\d+:\d+ its aliases stand for more than 1000 values/,
  ],
  ['two documents', `${VALID}---\n${VALID}`, /b\.yaml|documents/],
  ['a prototype key', `${VALID}__proto__: { admin: true }\n`, /b\.yaml:3:\d+ __proto__: this name is not possible/],
  ['a prototype key where names are free', labels('{ __proto__: x, app: dns }'), /podLabels\.__proto__: this name is not possible/],
  [
    'a prototype key among personas',
    `${VALID}access: { groups: { __proto__: [g] } }\n`,
    /access\.groups\.__proto__: this name is not possible/,
  ],
  ['a tag that hides a block', `${VALID}access: !!set { groups }\n`, /b\.yaml:3:\d+ the tag tag:yaml\.org,2002:set is not read/],
  ['a merge key', `${VALID}tenants: [{ <<: { owner: o }, name: a, namespaces: [a] }]\n`, /tenants\.0\.<<: there is no such setting/],
  [
    'a value that contains itself',
    VALID.replace('name: shop', 'name: &loop { inner: *loop }'),
    /b\.yaml:2:\d+ the alias \*loop stands for what it is written in/,
  ],
  ['broken YAML', 'baseline: [\n', /b\.yaml:\d+:\d+/],
  ['an empty file', '', /it is missing|of another type/],
])('refuses hostile or broken YAML: %s', (_what, text, message) => {
  expect(load(text)).toThrow(message);
});

it('refuses a file that is missing, a folder, too large, or not text', () => {
  expect(() => loadBlueprint(path.join(folder, 'none.yaml'))).toThrow(/there is no such file/);
  expect(() => loadBlueprint(folder)).toThrow(/there is no such file/);
  fs.writeFileSync(path.join(folder, 'latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
  expect(() => loadBlueprint(path.join(folder, 'latin1.yaml'))).toThrow(/latin1\.yaml: it is not UTF-8 text/);
  expect(load(`${VALID}# ${'x'.repeat(1024 * 1024)}`)).toThrow(/at most 1048576 are read/);
});

describe('the image lock', () => {
  const DIGEST = `sha256:${'a'.repeat(64)}`;
  const lock = (row: string) => {
    const file = path.join(folder, 'images.lock.yaml');
    fs.writeFileSync(file, `images:\n  web: ${row}\n`);
    return () => loadImageLock(file);
  };

  it('gives an image with tag and digest', () => {
    expect(lock(`{ reference: ghcr.io/a/web:1, digest: "${DIGEST}", source: release notes, verified: sourced }`)().of('web')).toBe(
      `ghcr.io/a/web:1@${DIGEST}`,
    );
  });

  it.each([
    [`{ reference: ghcr.io/a/web, digest: "${DIGEST}", source: s, verified: sourced }`, /must be registry\/name:tag \(control POD-07\)/],
    ['{ reference: ghcr.io/a/web:1, digest: "sha256:1", source: s, verified: sourced }', /must be sha256: and 64/],
    [`{ reference: ghcr.io/a/web:1, digest: "${DIGEST}", verified: sourced }`, /images\.web\.source/],
  ])('refuses %s', (row, message) => expect(lock(row)).toThrow(message));

  it('names what it has when an image is missing', () => {
    const images = lock(`{ reference: ghcr.io/a/web:1, digest: "${DIGEST}", source: s, verified: sourced }`)();
    expect(() => images.of('db')).toThrow(/there is no image 'db' \(control POD-07\)\. It has web\./);
  });
});

describe('values in place of those in the file', () => {
  const OVERRIDES = { source: 'Pulumi.dev.yaml' };
  const loadWith = (value: unknown, text = VALID) => {
    const file = path.join(folder, 'b.yaml');
    fs.writeFileSync(file, text);
    return () => loadBlueprint(file, { ...OVERRIDES, value });
  };

  it('are merged into objects, and replace lists', () => {
    const { cluster, settings, baseline } = loadWith({ cluster: { name: 'dev' }, tenants: [] }, VALID + tenant())();
    expect([cluster, settings.minor, baseline.tenants]).toEqual(['dev', '1.36', []]);
  });

  it('are judged as the file is, and a mistake in either is told where it is', () => {
    const text = VALID.replace('kubeadm', 'kubedm');
    expect(loadWith({ cluster: { kubernetes: '1.2' }, tenant: [] }, text)).toThrow(
      /^✗ Pulumi\.dev\.yaml (cluster\.kubernetes|tenant).*\n✗ Pulumi\.dev\.yaml .*\n✗ .*b\.yaml:2:\d+ cluster\.distribution.*\n3 mistakes/,
    );
  });

  it('give no object another prototype', () => {
    expect(loadWith(JSON.parse('{ "cluster": { "__proto__": { "minor": "1" } } }'))).toThrow(/__proto__/);
  });
});
