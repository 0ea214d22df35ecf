import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { BlueprintInput, BlueprintProps } from '../../src';
import { loadBlueprint, loadImageLock } from '../../src';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'blueprint-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const VALID = `baseline: "2026.1"
cluster: { name: shop, kubernetes: "1.36", distribution: kubeadm }
`;

function load(text: string) {
  const file = path.join(folder, 'b.yaml');
  fs.writeFileSync(file, text);
  return () => loadBlueprint(file);
}

// The interface that people write in TypeScript and the schema of the file are one shape: neither may drift.
type Plain<T> = T extends readonly (infer U)[] ? Plain<U>[] : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const SAME: Same<Plain<Required<BlueprintInput>>, Plain<Required<BlueprintProps>>> = true;

it('is the shape of BlueprintProps', () => expect(SAME).toBe(true));

it('gives the settings and the props of the baseline, with their defaults', () => {
  const { settings, baseline } = load(VALID)();
  expect(settings).toMatchObject({ minor: '1.36', nodes: { lsm: 'none', userNamespaces: false }, dns: {}, waivers: [] });
  expect(baseline).toEqual({ tenants: [], groups: {}, kubeSystem: undefined, without: [] });
});

it.each([
  ['an unknown key', 'ingres: {}\n', /b\.yaml:3:1|b\.yaml:3:\d+ ingres: there is no such setting/],
  ['a misspelt key', 'tenant: []\n', /tenant: there is no such setting\. Did you mean 'tenants'\?/],
  ['a wrong type', 'tenants: shop\n', /b\.yaml:3:10 tenants: "shop" is of another type \(control NET-02\)\. Write a list\./],
  ['an unknown persona', 'access: { groups: { root: [x] } }\n', /access\.groups\.root: there is no such setting \(control AUTH-06\).*break-glass, platform-operator, auditor/],
  ['a registry without a slash', 'images: { registries: [ghcr.io] }\n', /images\.registries\.0: "ghcr\.io": must end with "\/" \(control POD-07\)/],
  ['a namespace of Kubernetes', 'tenants: [{ name: a, owner: o, namespaces: [kube-x] }]\n', /'kube-x' belongs to Kubernetes \(control NET-02\)/],
  ['two tenants of one name', 'tenants: [{ name: a, owner: o, namespaces: [a] }, { name: a, owner: o, namespaces: [b] }]\n', /tenants\.1\.name: 'a' is the name of another tenant already \(control NET-02\)/],
  ['one namespace twice', 'tenants: [{ name: a, owner: o, namespaces: [x] }, { name: b, owner: o, namespaces: [x] }]\n', /tenants\.1\.namespaces\.0: 'x' is a namespace of another tenant already/],
  ['a group with two personas', 'access: { groups: { auditor: [g], platform-operator: [g] } }\n', /'g' has another persona already: their rights would add up \(control AUTH-06\)/],
  ['a waiver without a date', 'waivers: [{ control: POD-12, target: a/b, reason: r, owner: o, expires: soon }]\n', /waivers\.0\.expires/],
])('refuses %s and says where and what instead', (_what, text, message) => {
  expect(load(VALID + text)).toThrow(message);
});

it('refuses an unsupported minor, and one that YAML reads as a number', () => {
  expect(load(VALID.replace('"1.36"', '"1.34"'))).toThrow(/b\.yaml:2:\d+ cluster\.kubernetes: "1\.34" is not allowed \(control UPG-01\)\. Allowed: "1\.35", "1\.36", "1\.37"\./);
  expect(load(VALID.replace('"1.36"', '1.36'))).toThrow(/1\.36 is not allowed .*put it in quotes/);
});

it('tells all mistakes at once', () => {
  expect(load(`${VALID}one: 1\ntwo: 2\ntenants: {}\n`)).toThrow(/3 mistakes/);
});

it.each([
  ['a key twice', 'baseline: "2026.1"\nbaseline: "2026.1"\n', /b\.yaml:2:1 Map keys must be unique/],
  ['a custom tag', 'baseline: !!js/function "x"\n', /b\.yaml:1/],
  ['an alias bomb', `a: &a [x,x]\n${Array.from({ length: 12 }, (_, n) => `${'bcdefghijklm'[n]}: &${'bcdefghijklm'[n]} [*${'abcdefghijkl'[n]},*${'abcdefghijkl'[n]}]`).join('\n')}\n`, /alias/i],
  ['two documents', `${VALID}---\n${VALID}`, /b\.yaml|documents/],
  ['a prototype key', `${VALID}__proto__: { admin: true }\n`, /__proto__/],
  ['broken YAML', 'baseline: [\n', /b\.yaml:\d+:\d+/],
  ['an empty file', '', /it is missing|of another type/],
])('refuses hostile or broken YAML: %s', (_what, text, message) => {
  expect(load(text)).toThrow(message);
});

it('refuses a file that is missing or too large', () => {
  expect(() => loadBlueprint(path.join(folder, 'none.yaml'))).toThrow(/there is no such file/);
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
    expect(lock(`{ reference: ghcr.io/a/web:1, digest: "${DIGEST}", source: release notes, verified: sourced }`)().of('web')).toBe(`ghcr.io/a/web:1@${DIGEST}`);
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
