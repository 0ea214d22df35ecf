import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { Cidr } from '../../../src';
import { APPROVE_COMMAND } from '../../../src/control-plane';
import { filesOf, Host } from './host';
import type { Outcome } from './host';

/** What a kubelet asks for. */
interface Request {
  readonly username: string;
  readonly groups: string;
  readonly usages: string;
  readonly expirationSeconds: string;
  /** Subject and names, for openssl. */
  readonly subject: string;
  readonly names: string;
}

const VALID: Request = {
  username: 'system:node:worker-1',
  groups: 'system:nodes system:authenticated',
  usages: 'digital signature server auth',
  expirationSeconds: '',
  subject: '/O=system:nodes/CN=system:node:worker-1',
  names: 'DNS:worker-1,IP:192.0.2.21,IP:2001:db8::21',
};

let host: Host;
beforeEach(() => {
  host = new Host();
  host.write('/approve', filesOf('operator').find((file) => file.path === APPROVE_COMMAND)?.content ?? '');
  // What stands for kubectl answers from files, in the forms that the real one has.
  host.standIns({
    kubectl: `case "$1 $2" in
  'get nodes') cat /nodes ;;
  'get certificatesigningrequests') cat /pending ;;
  'get certificatesigningrequest') field=$(sed 's/^jsonpath={\\.spec\\.//; s/\\[\\*\\]//; s/}$//' <<<"$5"); cat "/csr/$field" ;;
  'certificate approve') echo "approved $3" ;;
  *) exit 1 ;;
esac`,
  });
  host.write('/nodes', 'cp-1 192.0.2.10 2001:db8::10 cp-1\nworker-1 192.0.2.21 worker-1\n');
  host.write('/pending', 'csr-1 ');
});
afterEach(() => host.remove());

function ask(request: Request): Outcome {
  const key = path.join(host.root, 'key');
  const extension = request.names === '' ? [] : ['-addext', `subjectAltName=${request.names}`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
  const csr = execFileSync('openssl', ['req', '-new', ...curve, '-subj', request.subject, ...extension], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  fs.rmSync(key);
  const { username, groups, usages, expirationSeconds } = request;
  for (const [field, value] of Object.entries({ username, groups, usages, expirationSeconds, request: csr.toString('base64') })) {
    host.write(`/csr/${field}`, value);
  }
  return host.run('bash', '/approve');
}

it('approves what a node asks for its own name and addresses', () => {
  expect(ask(VALID)).toEqual({ status: 0, stdout: 'approved csr-1\n', stderr: '' });
});

it('only tells with --list', () => {
  ask(VALID);
  expect(host.run('bash', '/approve', '--list')).toEqual({ status: 0, stdout: 'would approve csr-1\n', stderr: '' });
});

it('does nothing when nobody asks', () => {
  host.write('/pending', '');
  expect(ask(VALID)).toEqual({ status: 0, stdout: '', stderr: '' });
});

it.each<[string, Partial<Request>, RegExp]>([
  ['somebody who is no node', { username: 'eve' }, /not asked for by a node/],
  ['a name that is no name', { username: 'system:node:a b' }, /not asked for by a node/],
  ['a node outside of the group', { groups: 'system:authenticated' }, /asked for by none of system:nodes/],
  ['a certificate for clients', { usages: 'digital signature client auth' }, /usage/],
  ['more than a year', { expirationSeconds: '31622401' }, /more than a year/],
  ['the name of another node', { subject: '/O=system:nodes/CN=system:node:cp-1' }, /subject CN=system:node:cp-1/],
  ['another group', { subject: '/O=system:masters/CN=system:node:worker-1' }, /subject .*system:masters/],
  ['two groups', { subject: '/O=system:nodes/O=system:masters/CN=system:node:worker-1' }, /subject/],
  ['no name at all', { names: '' }, /no name and no address/],
  ["another node's name", { names: 'DNS:worker-1,DNS:cp-1' }, /name DNS:cp-1/],
  ['a name of a Service', { names: 'DNS:worker-1,DNS:kubernetes.default.svc' }, /name DNS:kubernetes/],
  ['a mail address', { names: 'DNS:worker-1,email:a@example.com' }, /name email/],
  ['an address outside of the nodes', { names: 'DNS:worker-1,IP:198.51.100.1' }, /198\.51\.100\.1 is in no range of the nodes/],
  ['an IPv6 address outside of the nodes', { names: 'DNS:worker-1,IP:2001:db9::1' }, /is in no range of the nodes/],
  ["another node's address", { names: 'DNS:worker-1,IP:192.0.2.10' }, /192\.0\.2\.10 is that of cp-1/],
  ["another node's IPv6 address", { names: 'DNS:worker-1,IP:2001:db8:0::10' }, /is that of cp-1/],
])('leaves %s', (_what, change, reason) => {
  const { status, stdout, stderr } = ask({ ...VALID, ...change });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^left csr-1: /);
  expect(stderr).toMatch(reason);
});

it.each(['username', 'groups', 'usages', 'expirationSeconds', 'request'])('leaves a request whose %s cannot be read', (field) => {
  ask(VALID);
  host.run('rm', `/csr/${field}`);
  expect(host.run('bash', '/approve')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('left csr-1: cannot be read') as string,
  });
});

it('knows what lies in a range as this project does, for both families', () => {
  const text = host.read('/approve');
  const functions = text.slice(text.indexOf('# An address as 32'), text.indexOf('# One field of a request'));
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((ip) => !ip.includes('.')),
  );
  const pairs = fc
    .sample(fc.tuple(address, address, fc.nat(128)), { numRuns: 1500, seed: 7 })
    .map(([ip, network, length]): [string, string] => [ip, `${network}/${network.includes(':') ? length : length % 33}`]);
  const near = pairs.map(([, range]): [string, string] => [range.split('/')[0] as string, range]); // which lie in it
  const all = [...pairs, ...near];
  const input = all.map((pair) => pair.join(' ')).join('\n');
  const script = `${functions}\nwhile read -r address ranges; do if in_ranges "$address"; then echo yes; else echo no; fi; done`;
  const { stdout } = spawnSync('bash', ['-c', script], { input: `${input}\n`, encoding: 'utf8' });
  const expected = all.map(([ip, range]) => (Cidr.parse(range).containsIP(ip) ? 'yes' : 'no'));
  expect(expected.filter((answer) => answer === 'yes').length).toBeGreaterThan(1000);
  expect(stdout.trim().split('\n')).toEqual(expected);
});
