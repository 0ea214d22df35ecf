import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { DISCOVERY_FILE, JOIN_COMMAND, TICKET_COMMAND } from '../../../src';
import { fileAt, filesOf } from '../../control-plane/distributions/one-cluster';
import { Host } from './host';
import type { Outcome } from './host';

const PKI = '/etc/kubernetes/pki';
const ENCRYPTION = '/etc/kubernetes/hardening/encryption/encryption.yaml';
const SHARED = ['ca.crt', 'ca.key', 'etcd/ca.crt', 'etcd/ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.key', 'sa.pub'];
const FILES = filesOf('kubeadm');

let first: Host;
let node: Host;
beforeEach(() => {
  first = new Host();
  first.write('/ticket', fileAt(FILES, 'control-plane', TICKET_COMMAND).content);
  SHARED.forEach((name) => first.write(`${PKI}/${name}`, `${name} of shop\n`, 0o600));
  first.standIns({ kubeadm: 'echo abcdef.0123456789abcdef' });
  node = new Host();
  node.write('/join', fileAt(FILES, 'worker', JOIN_COMMAND).content);
  node.write('/etc/kubernetes/kubeadm/worker.yaml', '');
  node.write('/etc/kubernetes/kubeadm/control-plane-2.yaml', '');
  node.write(ENCRYPTION, '');
  // What kubeadm would read is kept, as the folder of the ticket goes away with the command.
  node.standIns({ kubeadm: `cp -a ${DISCOVERY_FILE} /seen.conf` });
});
afterEach(() => {
  first.remove();
  node.remove();
});

/** Makes a ticket on the first node, and joins the other node with it. */
function join(as: string, ticket = as.replace(/-\d+$/, '')): Outcome {
  expect(first.run('bash', '-c', `bash /ticket ${ticket} >/made; ls /run`)).toEqual({ status: 0, stdout: '', stderr: '' });
  fs.copyFileSync(path.join(first.root, 'made'), path.join(node.root, 'made'));
  return node.run('bash', '-c', `bash /join ${as} </made; status=$?; ls /run; exit $status`);
}

it('joins a worker with a token and the authority of the cluster, and nothing stays', () => {
  expect(join('worker')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(first.calls('kubeadm')).toEqual(['token create --ttl 15m --usages authentication --description ticket for a node']);
  expect(node.calls('kubeadm')).toEqual(['join --config /etc/kubernetes/kubeadm/worker.yaml']);
  const { clusters, users } = parse(node.read('/seen.conf')) as Record<'clusters' | 'users', unknown>;
  expect(clusters).toEqual([
    {
      name: 'join',
      cluster: {
        server: 'https://api.example.com:6443',
        'certificate-authority-data': Buffer.from('ca.crt of shop\n').toString('base64'),
      },
    },
  ]);
  expect(users).toEqual([{ name: 'join', user: { token: 'abcdef.0123456789abcdef' } }]);
  expect(node.exists(PKI)).toBe(false);
});

it('gives a further control-plane node the keys that all of them share, and no other file of a ticket', () => {
  SHARED.forEach((name) => expect(node.exists(`${PKI}/${name}`)).toBe(false));
  expect(join('control-plane-2')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(node.calls('kubeadm')).toEqual(['join --config /etc/kubernetes/kubeadm/control-plane-2.yaml']);
  expect(SHARED.map((name) => [node.read(`${PKI}/${name}`), node.mode(`${PKI}/${name}`)])).toEqual(
    SHARED.map((name) => [`${name} of shop\n`, '600 0:0']),
  );
  node.run('rm', '-r', PKI, '/etc/kubernetes/kubelet.conf');
  first.run('bash', '-c', 'mkdir -p /more/pki && cd /more && tar xf /made && echo x >pki/apiserver.key && tar cf /made *');
  fs.copyFileSync(path.join(first.root, 'made'), path.join(node.root, 'made'));
  expect(node.run('bash', '-c', 'bash /join control-plane-2 </made').status).toBe(0);
  expect(node.list(PKI)).not.toContain('apiserver.key');
});

it('puts no key of the cluster into a ticket for workers', () => {
  join('worker');
  expect(first.run('tar', '--list', '--file', '/made').stdout).toBe('discovery.conf\n');
});

it('takes the ticket away too when the node cannot join', () => {
  node.standIns({ kubeadm: 'echo no >&2; exit 3' });
  expect(join('worker')).toEqual({ status: 3, stdout: '', stderr: 'no\n' });
});

it.each<[string, string, RegExp, () => void]>([
  ['a node that has no configuration', 'control-plane-3', /there is no \/etc\/kubernetes\/kubeadm\/control-plane-3\.yaml/, () => undefined],
  ['a role that is none', 'operator', /usage: kubeadm-join/, () => undefined],
  ['a node of a cluster', 'worker', /this node is in a cluster/, () => node.write('/etc/kubernetes/kubelet.conf', '')],
  [
    'a control-plane node that could not read what is in etcd',
    'control-plane-2',
    /encryption\.yaml is missing\. All control-plane nodes have the same: copy it first/,
    () => fs.rmSync(path.join(node.root, ENCRYPTION)),
  ],
  [
    'keys of another cluster',
    'control-plane-2',
    /\/etc\/kubernetes\/pki\/ca\.key is of another cluster/,
    () => node.write(`${PKI}/ca.key`, 'other\n'),
  ],
])('refuses %s, before kubeadm does anything', (_what, as, message, prepare) => {
  prepare();
  const { status, stdout, stderr } = join(as, as === 'operator' ? 'worker' : undefined);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(node.calls('kubeadm')).toEqual([]);
});

it('refuses a ticket for workers as one for the control plane, and what is no ticket', () => {
  expect(join('control-plane-2', 'worker')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('this is no ticket for control-plane-2: make one with kubeadm-ticket control-plane') as string,
  });
  expect(node.run('bash', '-c', 'echo x | bash /join worker')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('this is no ticket for worker') as string,
  });
  expect(node.calls('kubeadm')).toEqual([]);
});

it('makes none for a role that is none, or on a terminal', () => {
  expect(first.run('bash', '-c', 'bash /ticket operator | cat; exit ${PIPESTATUS[0]}')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('usage: kubeadm-ticket worker|control-plane') as string,
  });
  expect(first.run('script', '--quiet', '--return', '--command', 'bash /ticket worker', '/dev/null')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('a ticket has keys in it') as string,
  });
  expect(first.calls('kubeadm')).toEqual([]);
});
