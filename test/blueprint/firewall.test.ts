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
  hosts: { controlPlane: [10.0.10.11], nodes: [10.0.10.0/24], admins: [10.0.0.0/28] }
  network: { pods: [10.244.0.0/16], services: [10.96.0.0/12], plugin: cilium }
firewall: { extraPorts: [{ name: node-exporter, port: 9100, from: [metrics], why: metrics of the node }] }
`;

function load(text: string) {
  const file = path.join(folder, 'b.yaml');
  fs.writeFileSync(file, text);
  return () => loadBlueprint(file);
}

it('gives the firewall with its defaults, and with the addresses of the cluster', () => {
  expect(load(VALID)().baseline.firewall).toEqual({
    cluster: {
      name: 'shop',
      distribution: 'kubeadm',
      hosts: { controlPlane: ['10.0.10.11'], nodes: ['10.0.10.0/24'], admins: ['10.0.0.0/28'] },
      network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'], plugin: 'cilium' },
    },
    nodePorts: false,
    sshPort: 22,
    withoutAdmins: false,
    hostPolicies: false,
    extraPorts: [{ name: 'node-exporter', port: 9100, protocol: 'tcp', from: ['metrics'], why: 'metrics of the node' }],
  });
});

it('has no firewall where nothing is said of one', () => {
  expect(load(VALID.replace(/^firewall.*\n/m, ''))().baseline.firewall).toBeUndefined();
});

it.each<[string, (text: string) => string, RegExp]>([
  [
    'a firewall without addresses',
    (text) => text.replace(/^ {2}hosts.*\n/m, ''),
    /b\.yaml:7:\d+ firewall: the firewall is made from addresses \(control NET-11\)\. Add cluster\.hosts\./,
  ],
  [
    'a range that is two things',
    (text) => text.replace('10.0.0.0/28', '10.244.8.0/28'),
    /b\.yaml:7:21 cluster\.network\.pods\.0: 10\.244\.0\.0\/16 overlaps 10\.244\.8\.0\/28 \(hosts\.admins\.0\).* \(control NET-11\)\. Give the pods/,
  ],
  [
    'nobody who can log in',
    (text) => text.replace(', admins: [10.0.0.0/28]', ''),
    /b\.yaml:6:\d+ cluster\.hosts\.admins: it is empty, so that nobody could log in.*firewall\.withoutAdmins: true/,
  ],
  [
    'a port of your own that nobody may reach',
    (text) => text.replace('[metrics]', '[]'),
    /b\.yaml:8:\d+ firewall\.extraPorts\.0\.from: it is empty: it would be open to nobody \(control NET-11\)/,
  ],
  [
    'a source that is none',
    (text) => text.replace('[metrics]', '[prometheus]'),
    /firewall\.extraPorts\.0\.from\.0: "prometheus" is not allowed \(control NET-11\)\. Allowed: "control-plane", "nodes"/,
  ],
  [
    'a plugin that is not known',
    (text) => text.replace('plugin: cilium', 'plugin: weave'),
    /cluster\.network\.plugin: "weave" is not allowed \(control NET-11\)\. Allowed: "cilium"/,
  ],
  [
    'a firewall whose stack is left out',
    (text) => `${text}without: [firewall]\n`,
    /without\.0: the stack 'firewall' is left out, so that 'firewall' would come to nothing/,
  ],
])('refuses %s', (_what, mistake, message) => {
  expect(mistake(VALID)).not.toBe(VALID);
  expect(load(mistake(VALID))).toThrow(message);
});
