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

it('records in the report what was waived, by whom and until when', () => {
  const waived = app();
  const shop = new IsolatedNamespace(waived, 'shop', { owner: 'o' });
  const logs = kplus.Volume.fromHostPath(shop, 'logs', 'logs', { path: '/var/log' });
  const waivers = [Waiver.of('POD-12', { reason: 'ships logs', owner: 'platform@example.com', expires: '2027-03-31' })];
  new HardenedDeployment(shop, 'agent', { ...WEB, volumes: [logs], waivers });
  waived.synth();
  expect(JSON.parse(read('report/assessment.json'))).toMatchObject({
    asOf: '2027-01-01',
    waived: [
      {
        rule: 'host-path',
        waiver: {
          control: 'POD-12',
          target: 'Deployment/shop/agent',
          reason: 'ships logs',
          owner: 'platform@example.com',
          expires: '2027-03-31',
        },
      },
    ],
  });
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
