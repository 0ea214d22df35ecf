import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { RENEW_COMMAND } from '../../../src/control-plane';
import { filesOf, Host } from './host';
import type { Outcome } from './host';

const PKI = '/etc/kubernetes/pki';

let host: Host;
beforeEach(() => {
  host = new Host();
  const script = filesOf('control-plane').find((file) => file.path === RENEW_COMMAND);
  host.write('/renew', script?.content ?? '');
  host.write('/etc/kubernetes/manifests/kube-apiserver.yaml', '    - --secure-port=6443\n');
  host.write('/var/lib/kubelet/config.yaml', '');
  certificate('ca.crt', 1825);
  certificate('apiserver.crt', 182);
  host.standIns({
    // What runs is named after how often it was started: `stop` lets the "kubelet" start it anew.
    crictl:
      'part=$(sed "s/[^a-z-]//g" <<<"${!#}"); f=/calls/n; if [ "$1" = stop ]; then echo $(( $(cat $f 2>/dev/null || echo 0) + 1 )) >$f; else echo "id$(cat $f 2>/dev/null || echo 0)"; fi',
    kubeadm: `mkdir -p ${PKI} && cp /renewed.crt ${PKI}/apiserver.crt`,
    curl: 'printf ok',
    sleep: '',
  });
  certificate('../../../renewed.crt', 182);
});
afterEach(() => host.remove());

function certificate(name: string, days: number): void {
  const target = path.join(host.root, PKI, name);
  host.write(path.join(PKI, name), '');
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
  spawnSync('openssl', [...args, '-subj', '/CN=x', '-days', String(days), '-out', target]);
}

const renew = (...args: string[]): Outcome => host.run('bash', '/renew', ...args);
const stops = (): number => host.calls('crictl').filter((call) => call.startsWith('stop')).length;

it('does nothing while certificates are far from their end', () => {
  expect(renew()).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(host.calls('kubeadm')).toEqual([]);
  expect(stops()).toBe(0);
});

it('renews what ends within 60 days, and restarts what reads it, but not etcd', () => {
  certificate('apiserver.crt', 59);
  expect(renew('--check')).toMatchObject({ status: 1, stdout: `ends within 60 days: ${PKI}/apiserver.crt\n` });
  expect(renew()).toMatchObject({ status: 0, stdout: 'renewed, and restarted what reads it\n' });
  expect(host.calls('kubeadm')).toEqual(['certs renew all']);
  expect(stops()).toBe(3);
  expect(host.calls('crictl').join('\n')).not.toContain('etcd');
  expect(renew()).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('looks into kubeconfigs too, but for that of the kubelet, which renews its own', () => {
  certificate('short.crt', 59);
  const data = Buffer.from(host.read(`${PKI}/short.crt`)).toString('base64');
  host.run('rm', `${PKI}/short.crt`);
  host.write('/etc/kubernetes/kubelet.conf', `    client-certificate-data: ${data}\n`);
  expect(renew('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  host.write('/etc/kubernetes/scheduler.conf', `    client-certificate-data: ${data}\n`);
  expect(renew('--check')).toMatchObject({ status: 1, stdout: 'ends within 60 days: /etc/kubernetes/scheduler.conf\n' });
});

it('stops at the first part that does not come back, and the next run goes on with it', () => {
  certificate('apiserver.crt', 59);
  host.standIns({ curl: 'case $* in *6443*) printf no ;; *) printf ok ;; esac' });
  expect(renew()).toMatchObject({ status: 1, stderr: expect.stringContaining('kube-apiserver did not come back') as string });
  expect(stops()).toBe(1);
  host.standIns({ curl: 'printf ok' });
  expect(renew()).toMatchObject({ status: 0, stdout: 'renewed, and restarted what reads it\n' });
  expect(host.calls('kubeadm')).toHaveLength(1);
});

it('leaves certificate authorities alone, and warns a year before their end', () => {
  certificate('ca.crt', 59);
  expect(renew()).toMatchObject({ status: 0, stderr: expect.stringContaining('ca.crt ends within a year') as string });
  expect(host.calls('kubeadm')).toEqual([]);
});
