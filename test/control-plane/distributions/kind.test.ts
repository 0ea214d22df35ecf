import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KIND_NODE_IMAGES, loadImageLock, SUPPORTED_MINORS } from '../../../src';
import { documentsAt, filesOf } from './one-cluster';
import type { Change } from './one-cluster';

interface KindCluster {
  readonly networking: Readonly<Record<string, unknown>>;
  readonly kubeadmConfigPatches: readonly string[];
  readonly nodes: readonly {
    readonly role: string;
    readonly image?: string;
    readonly extraMounts?: readonly { readonly hostPath: string }[];
  }[];
}
const clusterOf = (change: Change = {}) => documentsAt(filesOf('kind', change), 'operator', 'kind/cluster.yaml')[0] as KindCluster;

it('patches in the version that kind writes for the minor, since another one is passed over without a word', () => {
  const versions = SUPPORTED_MINORS.map((minor) => /kubeadm\.k8s\.io\/\w+/.exec(clusterOf({ minor }).kubeadmConfigPatches[0] ?? '')?.[0]);
  expect(versions).toEqual(['kubeadm.k8s.io/v1beta3', 'kubeadm.k8s.io/v1beta4', 'kubeadm.k8s.io/v1beta4']);
});

it('has node images with a digest on record, and none where there is none', () => {
  const images = SUPPORTED_MINORS.map((minor) => clusterOf({ minor }).nodes.map(({ image }) => image));
  expect(images).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [KIND_NODE_IMAGES['1.37'], KIND_NODE_IMAGES['1.37']],
  ]);
  expect(KIND_NODE_IMAGES['1.37']).toBe(loadImageLock().of('kind-node-1.37'));
});

it('asks nothing of the machine that it runs on: its swap, its kernel, its firewall', () => {
  const [, kubelet = ''] = clusterOf().kubeadmConfigPatches;
  expect(kubelet).not.toMatch(/failSwapOn|protectKernelDefaults/);
  const files = filesOf('kind').map(({ path: file }) => file);
  expect(files.filter((file) => /nft|sysctl|systemd|tmpfiles|sysusers|apparmor/.test(file))).toEqual([]);
});

it('leaves the network plugin to who installs one, and else keeps its own, which enforces policies', () => {
  const plugin = (name: 'cilium' | 'other') =>
    clusterOf({ cluster: { network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: name } } });
  expect(plugin('cilium').networking['disableDefaultCNI']).toBe(true);
  expect(plugin('other').networking['disableDefaultCNI']).toBe(false);
});

it.each([
  [['10.244.0.0/16'], ['10.96.0.0/16'], ['192.0.2.0/24'], 'ipv4'],
  [['fd00:244::/56'], ['fd00:96::/112'], ['2001:db8::/64'], 'ipv6'],
  [['10.244.0.0/16', 'fd00:244::/56'], ['10.96.0.0/16', 'fd00:96::/112'], ['192.0.2.0/24', '2001:db8::/64'], 'dual'],
])('with pods in %j its family is as theirs', (pods, services, nodes, family) => {
  const hosts = { controlPlane: [nodes[0]?.includes(':') ? '2001:db8::10' : '192.0.2.10'], nodes };
  const { networking } = clusterOf({ cluster: { hosts, network: { pods, services, plugin: 'other' } }, baseline: { firewall: undefined } });
  expect(networking['ipFamily']).toBe(family);
});

describe('create-cluster.sh', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kind-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Runs the script on the output of synth, with a `kind` that notes where it was called and with what. */
  function create(minor: '1.36' | '1.37', ...args: string[]) {
    for (const file of filesOf('kind', { minor })) {
      const target = path.join(folder, 'dist/nodes', file.role, file.path);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, file.content);
    }
    const bin = path.join(folder, 'bin');
    fs.mkdirSync(bin, { recursive: true });
    fs.writeFileSync(path.join(bin, 'kind'), '#!/bin/sh\npwd\necho "$@"\n', { mode: 0o755 });
    return spawnSync('bash', [path.join(folder, 'dist/nodes/operator/kind/create-cluster.sh'), ...args], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env['PATH']}`, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') },
    });
  }
  const work = () => path.join(folder, 'state/cdk8s-hardened/shop-prod');

  it('makes the key away from the output of synth, before the cluster, and keeps it', () => {
    const { status, stdout } = create('1.37');
    expect([status, stdout]).toEqual([0, `${work()}\ncreate cluster --config ${folder}/dist/nodes/operator/kind/cluster.yaml\n`]);
    const key = path.join(work(), 'hardening/encryption/encryption.yaml');
    const made = fs.readFileSync(key, 'utf8');
    expect(made).toMatch(/secret: \S{44}/);
    expect(fs.statSync(key).mode & 0o777).toBe(0o600);
    expect(fs.existsSync(path.join(folder, 'dist/nodes/control-plane/etc/kubernetes/hardening/encryption/encryption.yaml'))).toBe(false);
    fs.writeFileSync(path.join(work(), 'hardening/admission/old.yaml'), '');
    expect(create('1.37').status).toBe(0);
    expect(fs.readFileSync(key, 'utf8')).toBe(made);
    expect(fs.existsSync(path.join(work(), 'hardening/admission/old.yaml'))).toBe(false);
  });

  it('has every folder that nodes are given', () => {
    expect(create('1.37').status).toBe(0);
    const given = clusterOf().nodes.flatMap(({ extraMounts = [] }) => extraMounts.map(({ hostPath }) => hostPath));
    expect(given.filter((name) => !fs.existsSync(path.join(work(), name)))).toEqual([]);
  });

  it('takes an image with a digest and of the minor, and no other', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(create('1.36')).toMatchObject({ status: 1, stderr: expect.stringContaining('name the image of the nodes') as string });
    expect(create('1.36', 'kindest/node:v1.36.3')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no node image of 1.36') as string,
    });
    expect(create('1.36', `kindest/node:v1.35.4@${digest}`).status).toBe(1);
    const { status, stdout } = create('1.36', `kindest/node:v1.36.3@${digest}`);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/ --image kindest\/node:v1\.36\.3@sha256:0+\n$/) as string]);
  });
});
