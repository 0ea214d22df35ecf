import type { z } from 'zod';
import type { KUBE_PROXY_SCHEMA } from '../../src';
import { kubeProxyDocument, kubeProxyFlags } from '../../src/control-plane';
import type { KubeProxyConfiguration } from '../../src/control-plane';
import { expectYaml } from '../support/snapshot';
import { spec } from './cluster';

// As for the kubelet: one shape with the schema, but for what files may have and nobody sets here (Windows, IPVS, no effect).
type Plain<T> = T extends readonly (infer U)[] ? Plain<U>[] : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type NotOurs = 'ipvs' | 'mode' | 'portRange' | 'windowsRunAsService' | 'winkernel';
const SAME: Same<Plain<Omit<z.input<typeof KUBE_PROXY_SCHEMA>, NotOurs>>, Plain<Omit<KubeProxyConfiguration, 'mode'>>> = true;

it('is one shape with the schema', () => expect(SAME).toBe(true));

it('is this', () => expectYaml('kube-proxy-configuration', [kubeProxyDocument(spec()) as object]));

it('says nothing of iptables in the mode nftables', () => {
  const made = { ...spec(), kubeProxy: { mode: 'nftables', nodePortAddresses: ['192.0.2.0/24'] } } as const;
  expect(kubeProxyDocument(made)).toMatchObject({ mode: 'nftables', nodePortAddresses: ['192.0.2.0/24'] });
  expect(kubeProxyDocument(made)).not.toHaveProperty('iptables');
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
