import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadBlueprint } from '../../src';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'blueprint-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const VALID = `baseline: "2026.1"
cluster:
  name: shop
  kubernetes: "1.36"
  distribution: kubeadm
  endpoint: api.example.com:6443
  hosts: { controlPlane: [10.0.10.11], nodes: [10.0.10.0/24] }
  network: { pods: [10.244.0.0/16], services: [10.96.0.0/12], plugin: cilium }
`;

function load(text: string) {
  const file = path.join(folder, 'b.yaml');
  fs.writeFileSync(file, text);
  return () => loadBlueprint(file);
}

it('says of which hosts there are files', () => {
  const { baseline, warnings } = load(VALID)();
  expect(baseline.controlPlane).toEqual({
    name: 'shop',
    endpoint: 'api.example.com:6443',
    hosts: { controlPlane: ['10.0.10.11'], nodes: ['10.0.10.0/24'] },
    network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'], plugin: 'cilium' },
  });
  expect(warnings).toEqual([]);
});

it('warns that there are no files without all three keys, and names those that are missing', () => {
  const without = load(VALID.replace(/^ {2}(endpoint|network).*\n/gm, ''));
  expect(without().baseline.controlPlane).toBeUndefined();
  expect(without().warnings).toEqual([
    'no files for hosts are made, so that nothing is set of API server, kubelets and hosts. ' +
      "Add cluster.endpoint, cluster.network to the blueprint, or 'control-plane' to without.",
  ]);
});

it('says nothing of it where somebody left that out, or where a provider has the hosts', () => {
  const bare = VALID.replace(/^ {2}(endpoint|hosts|network).*\n/gm, '');
  expect(load(`${bare}without: [control-plane]\n`)().warnings).toEqual([]);
  const managed = load(bare.replace('kubeadm', 'eks'))();
  expect(managed).toMatchObject({ warnings: [], baseline: { controlPlane: { name: 'shop' } } });
});

it.each([
  [
    'an address of a page',
    'https://api.example.com',
    /b\.yaml:6:13 cluster\.endpoint: .*'https:\/\/api\.example\.com' is not host:port.*\(control/,
  ],
  ['no port', 'api.example.com', /'api\.example\.com' is not host:port/],
  ['an address of version 6 without brackets', '"2001:db8::1:6443"', /is not host:port, such as .*\[2001:db8::10\]:6443/],
])('refuses as an endpoint %s', (_what, endpoint, message) => {
  expect(load(VALID.replace('api.example.com:6443', endpoint))).toThrow(message);
});

it.each([
  ['without: [control-plane]\n', 'cluster.endpoint'],
  ['audit: { profile: balanced }\nwithout: [control-plane]\n', 'audit'],
  ['access: { tokenJoin: true }\nwithout: [control-plane]\n', 'access.tokenJoin'],
])('refuses what only files for hosts would say, where they are left out: %j', (more, setting) => {
  const text = setting === 'cluster.endpoint' ? VALID : VALID.replace(/^ {2}endpoint.*\n/m, '');
  expect(load(text + more)).toThrow(`the stack 'control-plane' is left out, so that '${setting}' would come to nothing.`);
});
