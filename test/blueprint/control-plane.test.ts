import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadBlueprint } from '../../src';
import { RECIPIENT } from '../control-plane/cluster';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'blueprint-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function load(controlPlane: string, distribution = 'kubeadm') {
  const file = path.join(folder, 'b.yaml');
  fs.writeFileSync(
    file,
    `baseline: "2026.1"\ncluster: { name: shop, kubernetes: "1.36", distribution: ${distribution} }\ncontrolPlane: ${controlPlane}\n`,
  );
  return () => loadBlueprint(file).baseline.nodes;
}

it('is hardened when nothing is said', () => {
  expect(load('{}')()).toEqual({
    tls: { minVersion: '1.3' },
    kubelet: { servingCertificates: undefined, settings: {} },
    approver: undefined,
  });
});

it('gives each part its props', () => {
  const written = `
  tls: "1.2"
  kubelet: { servingCertificates: self-signed, maxPods: 250, systemReserved: { memory: 1Gi } }
  kubeProxy: { mode: nftables }
  etcd: { backup: { recipients: [${RECIPIENT}], everyHours: 12 } }
  certificates: { validityDays: 90, renewBeforeDays: 30 }
  kernel: { without: [kernel.yama.ptrace_scope], sysctls: { fs.inotify.max_user_watches: "524288" } }
  fileModes: { certificates: "0644" }
  flags: { requestTimeout: 2m0s }`;
  expect(load(written)()).toEqual({
    tls: { minVersion: '1.2' },
    kubelet: { servingCertificates: 'self-signed', settings: { maxPods: 250, systemReserved: { memory: '1Gi' } } },
    kubeProxy: { mode: 'nftables' },
    etcd: {
      quotaBackendBytes: 8589934592,
      backup: { recipients: [RECIPIENT], everyHours: 12, retentionDays: 14, folder: '/var/backups/etcd' },
    },
    certificates: { algorithm: 'ECDSA-P256', validityDays: 90, caValidityDays: 1825, renewBeforeDays: 30 },
    kernel: { without: ['kernel.yama.ptrace_scope'], sysctls: { 'fs.inotify.max_user_watches': '524288' } },
    fileModes: { certificates: '0644' },
    flags: { clusterSigningDuration: '4380h0m0s', terminatedPodGcThreshold: 100, requestTimeout: '2m0s' },
    approver: undefined,
  });
});

it.each([
  [
    'an unknown TLS version',
    '{ tls: "1.1" }',
    /b\.yaml:3:\d+ controlPlane\.tls: "1\.1" is not allowed \(control NET-20\)\. Allowed: "1\.3", "1\.2"/,
  ],
  [
    'a misspelt field',
    '{ kubelet: { maxPod: 1 } }',
    /controlPlane\.kubelet\.maxPod: there is no such setting \(control AUTH-03\)\. Did you mean 'maxPods'\?/,
  ],
  ['no duration', '{ flags: { requestTimeout: soon } }', /requestTimeout: "soon": is not a duration, such as 4380h0m0s \(control UPG-04\)/],
  [
    'hours that do not divide a day',
    `{ etcd: { backup: { recipients: [${RECIPIENT}], everyHours: 5 } } }`,
    /everyHours: 5 is not allowed \(control NET-22\)\. Allowed: 1, 2, 3, 4, 6, 8, 12, 24/,
  ],
  ['no recipients', '{ etcd: { backup: { recipients: [] } } }', /recipients: a list: must have at least 1 entry \(control NET-22\)/],
  [
    'what is no public key',
    '{ etcd: { backup: { recipients: [me@example.com] } } }',
    /b\.yaml:3:\d+ controlPlane\.etcd\.backup\.recipients\.0: is no public key: give `age1…`.* \(control NET-22\)/,
  ],
  [
    'certificates that are renewed at once',
    '{ certificates: { validityDays: 60 } }',
    /controlPlane\.certificates: with 60 days of validity and 60 days before the end, every new certificate would be renewed/,
  ],
  [
    'certificates that outlive their authority',
    '{ certificates: { validityDays: 4000 } }',
    /controlPlane\.certificates: certificates valid for 4000 days outlive the authority .* 1825 \(control NET-20\)/,
  ],
  [
    'a setting that the kubelet asks for',
    '{ kernel: { sysctls: { kernel.panic: "0" } } }',
    /controlPlane\.kernel: kernel\.panic must be 10: compared by the kubelet/,
  ],
  ['a setting that is not there', '{ kernel: { without: [kernel.none] } }', /controlPlane\.kernel: 'without' names kernel\.none/],
  [
    'certificates of a distribution that makes none',
    '{ kubelet: { servingCertificates: distribution } }',
    /servingCertificates: kubeadm signs none itself \(control NET-14\)\. Write 'bootstrap'/,
  ],
  [
    'an approver where no kubelet asks',
    '{ kubelet: { servingCertificates: self-signed, approver: { image: a, owner: o, nodeRanges: [192.0.2.0/24] } } }',
    /kubelet\.approver: no kubelet asks for a certificate when servingCertificates is 'self-signed'/,
  ],
  [
    'what is no range',
    '{ kubelet: { approver: { image: a, owner: o, nodeRanges: [nodes] } } }',
    /nodeRanges\.0: "nodes": is not a range of addresses/,
  ],
])('refuses %s', (_what, written, message) => expect(load(written)).toThrow(message));

it('refuses on k3s what k3s does itself, and everything where the provider sets the nodes', () => {
  expect(load('{ kubelet: { servingCertificates: bootstrap } }', 'k3s')).toThrow(
    /k3s signs them itself \(control NET-14\)\. Write 'distribution', or nothing/,
  );
  expect(load('{ kernel: { without: [] } }', 'eks')).toThrow(/controlPlane: on eks the provider sets the control plane and its nodes/);
  expect(load('{}', 'gke')).not.toThrow();
});

it.each([`[AGE-SECRET-KEY-1${'Q'.repeat(58)}]`, `AGE-SECRET-KEY-1${'Q'.repeat(58)}`])(
  'never shows a secret key: recipients: %s',
  (recipients) => {
    const loading = load(`{ etcd: { backup: { recipients: ${recipients} } } }`);
    expect(loading).toThrow(/secret key/);
    expect(loading).not.toThrow(/QQQQ/);
  },
);

it('refuses settings of a stack that is left out', () => {
  expect(load('{ tls: "1.2" }\nwithout: [nodes]')).toThrow(/the stack 'nodes' is left out, so that 'controlPlane' would come to nothing/);
});
