import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Manifest } from '../../src/manifest';
import { checkCluster } from '../../src/pulumi/check-cluster';
import { programConfig } from '../../src/pulumi/program-config';
import { objectsOfStack } from '../../src/pulumi/stack-layout';

function thrown(body: () => unknown): string {
  try {
    body();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the configuration of a stack', () => {
  const read = (values: Readonly<Record<string, string>>) =>
    programConfig('shop', Object.fromEntries(Object.entries(values).map(([key, value]) => [`shop:${key}`, value])));

  it('has a default for everything', () => {
    expect(read({})).toEqual({ blueprint: 'blueprint.yaml', adopt: false, ephemeral: false, platformOnly: false, checkCluster: true });
  });

  it('is read as `pulumi config` stores it, and leaves other namespaces alone', () => {
    const all = {
      'shop:ephemeral': 'true',
      'shop:tenants': '["a","b"]',
      'shop:overrides': '{"cluster":{"name":"x"}}',
      'kubernetes:context': 'c',
    };
    expect(programConfig('shop', all)).toMatchObject({ ephemeral: true, tenants: ['a', 'b'], overrides: { cluster: { name: 'x' } } });
  });

  it('is described key by key in docs/pulumi.md', () => {
    const [, keys = ''] = /There are (.*)\.$/m.exec(thrown(() => read({ nonsense: '' }))) ?? [];
    const page = fs.readFileSync(path.join(__dirname, '../../docs/pulumi.md'), 'utf8');
    expect(keys.split(', ').filter((key) => !page.includes(`| \`${key}\` |`))).toEqual([]);
  });

  it.each([
    [{ contxt: 'a' }, "✗ shop:contxt is no key of the configuration. Did you mean 'context'? There are blueprint, "],
    [{ ephemeral: 'yes' }, '✗ shop:ephemeral: Invalid input: expected boolean'],
    [{ tenants: 'a,b' }, '✗ shop:tenants: Invalid input: expected array'],
    [{ overrides: '[]' }, '✗ shop:overrides: Invalid input: expected record'],
    [{ asOf: 'tomorrow' }, '✗ shop:asOf: Invalid ISO date'],
    [{ platformOnly: 'true', tenants: '["a"]' }, "✗ shop:platformOnly: the stack of a platform has no tenants. Remove it, or 'tenants'."],
    [{ platformStack: 'organization/shop/prod' }, '✗ shop:platformStack: a stack beside that of the platform has tenants. Say which'],
  ])('is refused in %j', (values, message) => {
    expect(() => read(values)).toThrow(message);
    expect(() => read(values)).toThrow(/\nNothing was applied\.$/);
  });
});

describe('the objects of a stack', () => {
  const tenants = [
    { name: 'shop', owner: 'o', namespaces: ['shop', 'shop-staging'] },
    { name: 'data', owner: 'o', namespaces: ['data'] },
  ];
  const all: Manifest[] = [
    { object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, origin: {} },
    { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop-staging' } }, origin: {} },
    { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'data' } }, origin: {} },
    { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'kube-system' } }, origin: {} },
    { object: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'shop' } }, origin: {} },
  ];
  const namesOf = (config: { tenants?: string[]; platformOnly: boolean }) =>
    all.filter(objectsOfStack(config, tenants)).map(({ object }) => `${object.kind} ${object.metadata.name}`);

  it('are all of them where nothing is said', () => {
    expect(namesOf({ platformOnly: false })).toHaveLength(all.length);
  });

  it('are those of the platform or of some tenants, and each is of one stack', () => {
    const stacks = [{ platformOnly: true }, { tenants: ['shop'], platformOnly: false }, { tenants: ['data'], platformOnly: false }].map(
      namesOf,
    );
    expect(stacks).toEqual([['ConfigMap c', 'PriorityClass shop'], ['Namespace shop', 'ConfigMap a'], ['ConfigMap b']]);
  });

  it('are refused for a tenant that is not there', () => {
    expect(() => namesOf({ tenants: ['shp'], platformOnly: false })).toThrow(
      "✗ tenants: 'shp' is no tenant of the blueprint. There are shop, data.\nNothing was applied.",
    );
  });
});

describe('the cluster', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kubectl-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const kubectl = (script: string) => fs.writeFileSync(path.join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const answer = (minor: string) => kubectl(`echo '{"clientVersion":{"minor":"30"},"serverVersion":{"major":"1","minor":"${minor}"}}'`);
  const check = (context?: string) => checkCluster({ name: 'shop-prod', minor: '1.36', context }, path.join(folder, 'kubectl'));

  it.each(['36', '36+'])('is accepted when it is of the minor of the blueprint: %s', async (minor) => {
    answer(minor);
    await expect(check()).resolves.toBeUndefined();
  });

  it('is refused when it is of another minor, with both and the remedies', async () => {
    answer('35');
    await expect(check()).rejects.toThrow(
      /^✗ the current context of the kubeconfig is a cluster of Kubernetes 1\.35, and the blueprint of shop-prod is for 1\.36: .*Nothing was applied\.$/s,
    );
  });

  it.each([
    [
      'echo "error: context \\"prd\\" does not exist" >&2; exit 1',
      '✗ the context \'prd\' of the kubeconfig: no cluster answers: error: context "prd" does not exist',
    ],
    ['echo "{\\"clientVersion\\":{}}"', "✗ the context 'prd' of the kubeconfig: what answers is no API server."],
  ])('is refused when it does not answer: %s', async (script, message) => {
    kubectl(script);
    await expect(check('prd')).rejects.toThrow(message);
  });

  it('asks with the context that it is given', async () => {
    kubectl('case "$*" in *--context=prd*) echo "error: asked of prd" >&2;; esac; exit 1');
    await expect(check('prd')).rejects.toThrow('asked of prd');
  });

  it('is refused where there is no kubectl to ask with, with the remedy', async () => {
    await expect(check()).rejects.toThrow(/kubectl, which asks .*pulumi config set checkCluster false/);
  });
});
