import { kubeProxyDocument, kubeProxyFlags } from '../../src/control-plane';
import type { KubeProxyConfiguration } from '../../src/control-plane';
import { expectYaml } from '../support/snapshot';
import type { SameFields, TableType } from '../support/table-types';
import { spec } from './cluster';

// As for the kubelet, but for what files may have and nobody sets here (Windows, IPVS, no effect).
type NotOurs = 'ipvs' | 'logging' | 'portRange' | 'windowsRunAsService' | 'winkernel';
type Own = TableType<'kube-proxy.KubeProxyConfiguration'>;
const SAME_FIELDS: SameFields<Omit<KubeProxyConfiguration, 'logging'>, Omit<Own, NotOurs>> = true;
const SAME_VALUES: KubeProxyConfiguration extends Own ? true : false = true;

it('is written with the fields of its own type', () => expect([SAME_FIELDS, SAME_VALUES]).toEqual([true, true]));

it('is this', () => expectYaml('kube-proxy-configuration', [kubeProxyDocument(spec()) as object]));

it('says nothing of iptables in the mode nftables', () => {
  const made = { ...spec(), kubeProxy: { mode: 'nftables', nodePortAddresses: ['192.0.2.0/24'] } } as const;
  expect(kubeProxyDocument(made)).toMatchObject({ mode: 'nftables', nodePortAddresses: ['192.0.2.0/24'] });
  expect(kubeProxyDocument(made)).not.toHaveProperty('iptables');
});

it('runs in the mode that the kernel of the distribution is known to have', () => {
  const modes = (['1.35', '1.36', '1.37'] as const).map((minor) => [
    spec('kubeadm', {}, minor).kubeProxy?.mode,
    spec('talos', {}, minor).kubeProxy?.mode,
  ]);
  expect(modes).toEqual([
    ['iptables', 'iptables'],
    ['iptables', 'iptables'],
    ['iptables', 'nftables'],
  ]);
});

it('says the same in flags, for distributions without a file', () => {
  expect(kubeProxyFlags(spec('k3s')).map(({ name, value }) => `${name}=${value}`)).toEqual([
    'bind-address-hard-fail=true',
    'iptables-localhost-nodeports=false',
    'metrics-bind-address=127.0.0.1:10249',
    'nodeport-addresses=primary',
    'profiling=false',
    'proxy-mode=iptables',
  ]);
  const { kubeProxy: _kubeProxy, ...rest } = spec('k3s');
  expect([kubeProxyFlags(rest), kubeProxyDocument(rest)]).toEqual([[], undefined]);
});
