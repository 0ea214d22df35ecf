import { TLS12_CIPHERS } from '../../src/rules';
import { FLAGGED_PROGRAMS, kubeletDocument } from '../../src/control-plane';
import { spec } from './cluster';
import { flagsOf } from './host-parts';

it('is TLS 1.3 everywhere unless said otherwise, each program in its own spelling, and without a list of suites', () => {
  const made = spec();
  expect(FLAGGED_PROGRAMS.map((program) => flagsOf(made, program)['tls-min-version'])).toEqual([
    'VersionTLS13',
    'VersionTLS13',
    'VersionTLS13',
    'TLS1.3',
  ]);
  expect(kubeletDocument(made)).toMatchObject({ tlsMinVersion: 'VersionTLS13' });
  const named = [
    ...FLAGGED_PROGRAMS.flatMap((program) => Object.keys(flagsOf(made, program))),
    ...Object.keys(kubeletDocument(made) ?? {}),
  ];
  expect(named.filter((name) => /cipher/i.test(name))).toEqual([]);
});

it('gives the suites that both checks of CIS accept with TLS 1.2', () => {
  const made = spec('kubeadm', { tls: { minVersion: '1.2' } });
  const list = TLS12_CIPHERS.join(',');
  expect(flagsOf(made, 'kube-apiserver')).toMatchObject({ 'tls-min-version': 'VersionTLS12', 'tls-cipher-suites': list });
  expect(flagsOf(made, 'etcd')).toMatchObject({ 'tls-min-version': 'TLS1.2', 'cipher-suites': list });
  expect(kubeletDocument(made)).toMatchObject({ tlsMinVersion: 'VersionTLS12', tlsCipherSuites: [...TLS12_CIPHERS] });
});

it('says nothing where nobody answers for it', () => {
  const { tls: _tls, ...rest } = spec();
  expect(flagsOf(rest, 'etcd')).not.toHaveProperty('tls-min-version');
  expect(kubeletDocument(rest)).not.toHaveProperty('tlsMinVersion');
});
