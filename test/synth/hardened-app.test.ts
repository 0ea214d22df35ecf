import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { HardenedApp, HardenedDeployment, IsolatedNamespace, Probes, Waiver } from '../../src';
import type { INodeFileSource, KubeObject, NodeFile } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hardened-app-'))));
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

const WEB = { image: IMAGE, port: 8080, probes: Probes.tcp() };
const listing = (below = folder) =>
  fs
    .readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(below, file)).isFile())
    .sort();
const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');

class AuditPolicy extends Construct implements INodeFileSource {
  public toNodeFiles(): NodeFile[] {
    return [
      { role: 'control-plane', path: '/etc/kubernetes/audit-policy.yaml', mode: '0600', owner: 'root:root', content: 'kind: Policy\n' },
    ];
  }
}

function app(outdir = path.join(folder, 'manifests')): HardenedApp {
  return new HardenedApp({ outdir, settings: { asOf: '2027-01-01' } });
}

it('writes a file for each stage of each chart that has objects, node files with their index, and the report', () => {
  const full = app();
  const shop = new IsolatedNamespace(new Chart(full, 'empty'), 'shop', { owner: 'o' });
  new HardenedDeployment(shop, 'web', WEB);
  new AuditPolicy(full, 'audit');
  full.synth();
  expect(listing()).toEqual([
    '.cdk8s-hardened-index',
    'manifests/0-foundation/empty-shop.yaml',
    'manifests/1-tenancy/empty-shop.yaml',
    'manifests/2-workloads/empty-shop.yaml',
    'nodes/control-plane/etc/kubernetes/audit-policy.yaml',
    'nodes/index.json',
    'report/assessment.json',
    'report/cis.json',
    'report/cis.md',
    'report/waivers.md',
  ]);
  expect(JSON.parse(read('nodes/index.json'))).toEqual([
    { role: 'control-plane', path: '/etc/kubernetes/audit-policy.yaml', mode: '0600', owner: 'root:root' },
  ]);
  const documents = parseAllDocuments(read('manifests/2-workloads/empty-shop.yaml')).map((document) => document.toJS() as KubeObject);
  expect(documents.map(({ kind }) => kind)).toEqual(['Deployment', 'PodDisruptionBudget', 'Service']);
});

it('removes what only the last run wrote', () => {
  const first = app();
  new HardenedDeployment(new IsolatedNamespace(first, 'shop', { owner: 'o' }), 'web', WEB);
  first.synth();
  const second = app();
  new IsolatedNamespace(second, 'other', { owner: 'o' });
  second.synth();
  expect(listing(path.join(folder, 'manifests'))).toEqual(['0-foundation/other.yaml', '1-tenancy/other.yaml']);
});

it('writes manifests only into a folder of another name, and says so', () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const unusual = app(path.join(folder, 'out'));
  new IsolatedNamespace(unusual, 'shop', { owner: 'o' });
  new AuditPolicy(unusual, 'audit');
  unusual.synth();
  expect(listing(path.join(folder, 'out'))).toEqual(['.cdk8s-hardened-index', '0-foundation/shop.yaml', '1-tenancy/shop.yaml']);
  expect(said.mock.calls.join()).toMatch(/Only manifests were written: the output folder .*out is not called 'manifests'/);
});

it('writes nothing when there is a finding', () => {
  const bad = app();
  new HardenedDeployment(new IsolatedNamespace(bad, 'shop', { owner: 'o' }), 'web', { ...WEB, image: 'web' });
  expect(() => bad.synth()).toThrow(/POD-07/);
  expect(listing()).toEqual([]);
});

/** Two workloads with the same fault, both waived; `end` is the last day of the first one's waiver. */
function agents(end = '2027-03-31'): HardenedApp {
  const waived = app();
  const shop = new IsolatedNamespace(waived, 'shop', { owner: 'o' });
  for (const [name, expires] of [
    ['agent', end],
    ['agent-admin', '2027-02-28'],
  ] as const) {
    const logs = kplus.Volume.fromHostPath(shop, `logs-${name}`, 'logs', { path: '/var/log' });
    const waivers = [Waiver.of('POD-12', { reason: 'ships logs', owner: 'platform@example.com', expires })];
    new HardenedDeployment(shop, name, { ...WEB, volumes: [logs], waivers });
  }
  return waived;
}

it('records in the report what is waived, by whom and for how long, also as a page', () => {
  agents().synth();
  expect(JSON.parse(read('report/assessment.json'))).toMatchObject({
    asOf: '2027-01-01',
    waivers: [
      { target: 'Deployment/shop/agent-admin', daysLeft: 58 },
      {
        control: 'POD-12',
        title: 'Mount no path of the host',
        target: 'Deployment/shop/agent',
        reason: 'ships logs',
        owner: 'platform@example.com',
        expires: '2027-03-31',
        daysLeft: 89,
        accepts: [{ rule: 'host-path', message: 'mounts a path of the host (logs: /var/log)', where: { path: 'shop/agent' } }],
      },
    ],
  });
  expect(read('report/waivers.md')).toContain('2 on 2027-01-01');
});

it('tells other tools of a waiver: by annotations, and by files that know the object by a file of its own', () => {
  agents().synth();
  expect(listing()).toEqual(
    expect.arrayContaining([
      'manifests/2-workloads/shop.Deployment.agent-admin.yaml',
      'manifests/2-workloads/shop.Deployment.agent.yaml',
      'manifests/2-workloads/shop.yaml',
      'report/exceptions/kubescape.json',
      'report/exceptions/kyverno-cluster-policies.yaml',
      'report/exceptions/kyverno.yaml',
      'report/exceptions/trivyignore.yaml',
    ]),
  );
  const [deployment, ...others] = parseAllDocuments(read('manifests/2-workloads/shop.Deployment.agent.yaml')).map(
    (document) => document.toJS() as KubeObject,
  );
  expect(others).toEqual([]);
  expect(deployment?.metadata).toMatchObject({
    name: 'agent',
    annotations: { 'ignore-check.kube-linter.io/sensitive-host-mounts': 'POD-12 waived until 2027-03-31' },
  });
  expect(read('report/exceptions/trivyignore.yaml')).toContain('**/2-workloads/shop.Deployment.agent.yaml');
});

it('writes the same bytes again', () => {
  const written = () => Object.fromEntries(listing().map((file) => [file, read(file)]));
  agents().synth();
  const first = written();
  agents().synth();
  expect(written()).toEqual(first);
});

it('takes exception files away with the last waiver', () => {
  agents().synth();
  const none = app();
  new HardenedDeployment(new IsolatedNamespace(none, 'shop', { owner: 'o' }), 'agent', WEB);
  none.synth();
  expect(listing(path.join(folder, 'report'))).toEqual(['assessment.json', 'waivers.md']);
  expect(listing(path.join(folder, 'manifests', '2-workloads'))).toEqual(['shop.yaml']);
});

it('makes no exception for a waiver that has expired: synth fails', () => {
  expect(() => agents('2026-12-31').synth()).toThrow(/it expired on 2026-12-31 \(judged as of 2027-01-01\)/);
  expect(listing()).toEqual([]);
});

it('asks each validation once, however many charts there are', () => {
  const asked = jest.fn(() => []);
  const many = app();
  const charts = Array.from({ length: 5 }, (_, index) => new Chart(many, `chart-${index}`, { namespace: 'shop' }));
  charts.forEach((chart) => new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' }));
  charts[0]?.node.addValidation({ validate: asked });
  many.synth();
  expect(asked).toHaveBeenCalledTimes(1);
});

it.each([
  ['a role that leads elsewhere', { role: '../manifests' }, /is not a DNS label/],
  ['a path that leads elsewhere', { path: '/etc/../../x' }, /is not an absolute path/],
  ['a relative path', { path: 'etc/x' }, /is not an absolute path/],
  ['the place of another', {}, /two constructs make it/],
])('refuses a node file with %s', (_what, change, message) => {
  class Odd extends AuditPolicy {
    public override toNodeFiles(): NodeFile[] {
      return super.toNodeFiles().map((file) => ({ ...file, ...change }));
    }
  }
  const bad = app();
  new AuditPolicy(bad, 'audit');
  new Odd(bad, 'odd');
  expect(() => bad.synth()).toThrow(message);
  expect(listing()).toEqual([]);
});

describe('a finding in a node file', () => {
  class Tool extends Construct implements INodeFileSource {
    public toNodeFiles(): NodeFile[] {
      return [{ role: 'worker', path: '/usr/local/bin/tool', mode: '0777', owner: 'root:root', content: '#!/bin/sh\n' }];
    }
  }
  const waiver = { control: 'UPG-04', target: 'NodeFile/worker/usr/local/bin/tool', reason: 'r', owner: 'o', expires: '2027-03-31' };

  it('stops synth, and nothing is written', () => {
    const bad = app();
    new Tool(bad, 'tool');
    expect(() => bad.synth()).toThrow(/✗ worker:\/usr\/local\/bin\/tool: has mode 0777.*\n.*UPG-04/);
    expect(listing()).toEqual([]);
  });

  it('is accepted by a waiver of the settings, which the report has', () => {
    const waived = new HardenedApp({ outdir: path.join(folder, 'manifests'), settings: { asOf: '2027-01-01', waivers: [waiver] } });
    new Tool(waived, 'tool');
    waived.synth();
    expect(JSON.parse(read('report/assessment.json'))).toMatchObject({ findings: 0, waivers: [{ target: waiver.target, daysLeft: 89 }] });
  });

  it.each([
    ['that is over', { expires: '2026-12-31' }, /it expired on 2026-12-31/],
    ['for another file', { target: 'NodeFile/worker/usr/local/bin/other' }, /no finding matches it/],
  ])('is not accepted by a waiver %s', (_what, change, message) => {
    const waived = new HardenedApp({
      outdir: path.join(folder, 'manifests'),
      settings: { asOf: '2027-01-01', waivers: [{ ...waiver, ...change }] },
    });
    new Tool(waived, 'tool');
    expect(() => waived.synth()).toThrow(message);
  });
});

it('takes the namespace of the chart off a custom resource where the definition says that its kind has none', () => {
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' } };
  const namespaceOfWidget = (scope: string): string | undefined => {
    const full = new HardenedApp({ rules: [] });
    const chart = new Chart(full, 'chart', { namespace: 'shop' });
    new ApiObject(chart, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: { group: 'example.com', scope, names: { kind: 'Widget' } },
    });
    new ApiObject(chart, 'widget', widget);
    return full.synthesise().artifacts.manifests.find(({ object }) => object.kind === 'Widget')?.object.metadata.namespace;
  };
  expect([namespaceOfWidget('Cluster'), namespaceOfWidget('Namespaced')]).toEqual([undefined, 'shop']);
});
