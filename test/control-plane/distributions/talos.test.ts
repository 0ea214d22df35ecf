import type { HardenedBaselineProps } from '../../../src/stacks';
import { baselineOf, CLUSTER, documentsAt, fileAt, filesOf } from './one-cluster';
import type { Change } from './one-cluster';

type Fields = Readonly<Record<string, unknown>>;
const documentsOf = (role: 'control-plane' | 'worker', change: Change = {}) =>
  documentsAt(filesOf('talos', change), 'operator', `talos/${role}.yaml`) as Fields[];
const kindsOf = (documents: readonly Fields[]) => [...new Set(documents.map(({ kind = 'no kind' }) => kind))];
const only = (documents: readonly Fields[], kind: string, name?: string) => {
  const found = documents.filter((document) => document['kind'] === kind && (name === undefined || document['name'] === name));
  expect(found).toHaveLength(1);
  return found[0] as Fields;
};

/** The one document of 1.13, as far as it is looked at here. */
interface Single {
  readonly machine: {
    readonly files?: readonly { readonly path: string; readonly permissions: number; readonly content: string }[];
    readonly kubelet: { readonly extraConfig: Fields };
    readonly seccompProfiles: readonly { readonly name: string }[];
    readonly sysctls: Fields;
  };
  readonly cluster: {
    readonly apiServer: {
      readonly extraArgs: Fields;
      readonly extraVolumes?: unknown;
      readonly admissionControl: readonly { readonly name: string; readonly configuration: { readonly exemptions: object } }[];
    };
    readonly etcd: { readonly extraArgs: Fields };
    readonly network: { readonly cni: { readonly name: string } };
  };
}
const single = (change: Change = {}) => documentsOf('control-plane', change)[0] as unknown as Single;

it('is one document up to 1.36, and a document for each setting from 1.37 on', () => {
  expect(kindsOf(documentsOf('control-plane'))).toEqual(['no kind', 'NetworkDefaultActionConfig', 'NetworkRuleConfig']);
  expect(kindsOf(documentsOf('control-plane', { minor: '1.37' }))).toEqual(
    expect.arrayContaining(['KubeAPIServerConfig', 'KubeAuditPolicyConfig', 'KubeAuthenticationConfig', 'KubeletConfig', 'SysctlConfig']),
  );
});

it('tells workers nothing that is for the control plane', () => {
  expect(Object.keys((documentsOf('worker')[0] as unknown as Single).cluster)).toEqual(['network']);
  const kinds = ['no kind', 'KubeletConfig', 'KubeNetworkConfig', 'SysctlConfig', 'NetworkDefaultActionConfig', 'NetworkRuleConfig'];
  expect(kindsOf(documentsOf('worker', { minor: '1.37' }))).toEqual(kinds);
});

it('names admission plugins beside those of Talos, which are added to and not replaced', () => {
  expect(single().cluster.apiServer.extraArgs['enable-admission-plugins']).toBe('DenyServiceExternalIPs,EventRateLimit');
});

it.each(['1.36', '1.37'] as const)('exempts no namespace twice on %s: lists of a patch are added to those that are there', (minor) => {
  const change = { minor, baseline: { admission: { exemptNamespaces: ['rook-ceph'] } } };
  const plugin =
    minor === '1.36'
      ? single(change).cluster.apiServer.admissionControl[0]
      : only(documentsOf('control-plane', change), 'KubeAdmissionControlConfig', 'PodSecurity');
  expect(plugin).toMatchObject({ name: 'PodSecurity', configuration: { exemptions: { namespaces: ['rook-ceph'] } } });
});

it('repeats no flag of etcd that Talos gives it, with which etcd would not start', () => {
  expect(single().cluster.etcd.extraArgs).toEqual({ 'quota-backend-bytes': '8589934592', 'tls-min-version': 'TLS1.3' });
  const [first] = documentsOf('control-plane', { minor: '1.37' }) as unknown as [Single];
  expect(first.cluster.etcd.extraArgs).toEqual({ 'quota-backend-bytes': '8589934592' });
});

it('gives the API server of 1.37 no flag that Talos refuses', () => {
  const refused = /^(anonymous-auth|oidc-|authentication-config|authorization-|encryption-provider-config|tls-min-version)/;
  const { extraArgs } = only(documentsOf('control-plane', { minor: '1.37' }), 'KubeAPIServerConfig');
  expect(Object.keys(extraArgs as object).filter((flag) => refused.test(flag))).toEqual([]);
});

it('says who people are: in a file on 1.36, without what Talos turns off by a flag; in a document on 1.37, with health paths', () => {
  const { machine, cluster } = single();
  expect(machine.files).toMatchObject([{ path: '/var/etc/kubernetes-hardening/authentication.yaml', permissions: 0o444 }]);
  expect(machine.files?.[0]?.content).toContain('https://id.example.com');
  expect(machine.files?.[0]?.content).not.toContain('anonymous');
  expect(cluster.apiServer.extraArgs['authentication-config']).toBe(machine.files?.[0]?.path);
  const { configuration } = only(documentsOf('control-plane', { minor: '1.37' }), 'KubeAuthenticationConfig');
  expect(configuration).toMatchObject({
    anonymous: { enabled: true, conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }] },
  });
});

it('needs no file where there is no identity provider', () => {
  const { machine, cluster } = single({ baseline: { access: {} } });
  expect([machine.files, cluster.apiServer.extraVolumes, cluster.apiServer.extraArgs['authentication-config']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('keeps what Talos reserves for the host, unless something is reserved here', () => {
  expect(single().machine.kubelet.extraConfig).not.toHaveProperty('systemReserved');
  const nodes = { kubelet: { settings: { systemReserved: { memory: '1Gi' } } } };
  expect(single({ baseline: { nodes } }).machine.kubelet.extraConfig['systemReserved']).toEqual({ memory: '1Gi', pid: '1000' });
});

it('weakens no setting of the kernel that Talos has, but for one that is asked for', () => {
  expect(single().machine.sysctls).not.toHaveProperty(['kernel.yama.ptrace_scope']);
  const asked = { kernel: { sysctls: { 'kernel.yama.ptrace_scope': '1' } } };
  expect(single({ baseline: { nodes: asked } }).machine.sysctls).toHaveProperty(['kernel.yama.ptrace_scope'], '1');
});

it('lets pods have user namespaces where nodes can, which Talos forbids by itself', () => {
  const at = (userNamespaces: boolean) => single({ settings: { nodes: { userNamespaces } } }).machine.sysctls['user.max_user_namespaces'];
  expect([at(true), at(false)]).toEqual(['11255', undefined]);
});

it('calls seccomp profiles what pods call them', () => {
  expect(single().machine.seccompProfiles.map(({ name }) => name)).toEqual(['hardened-audit.json', 'hardened-deny.json']);
});

it.each(['1.36', '1.37'] as const)('takes its own flannel away on %s for another plugin, and keeps it for flannel', (minor) => {
  const cni = (plugin: 'calico' | 'flannel') => {
    const documents = documentsOf('control-plane', { minor, cluster: { network: { ...CLUSTER.network, plugin } } });
    return minor === '1.36'
      ? (documents[0] as unknown as Single).cluster.network.cni.name
      : documents.find(({ kind }) => kind === 'KubeFlannelCNIConfig')?.['$patch'];
  };
  expect([cni('calico'), cni('flannel')]).toEqual(minor === '1.36' ? ['none', 'flannel'] : ['delete', undefined]);
});

it('opens what the port table opens and blocks the rest, with one rule for each name', () => {
  const documents = documentsOf('control-plane');
  expect(only(documents, 'NetworkDefaultActionConfig')).toMatchObject({ ingress: 'block' });
  const rules = documents.filter(({ kind }) => kind === 'NetworkRuleConfig');
  expect(only(documents, 'NetworkRuleConfig', 'etcd-tcp')).toMatchObject({
    portSelector: { ports: ['2379-2380'], protocol: 'tcp' },
    ingress: [{ subnet: '192.0.2.10/32' }, { subnet: '192.0.2.11/32' }],
  });
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  expect(kindsOf(documentsOf('control-plane', { baseline: { firewall: undefined } }))).toEqual(['no kind']);
});

it('refuses what Talos has no place for, with the control and the way out', () => {
  const server = 'https://hook.example.com/';
  const refused = (baseline: HardenedBaselineProps) => () => filesOf('talos', { baseline });
  expect(refused({ admission: { imagePolicy: { server } } })).toThrow(/Talos: the webhook for images cannot be set.*\(control POD-06\)/);
  expect(refused({ audit: { webhook: { server } } })).toThrow(/Talos: the audit webhook cannot be set.*\(control LOG-04\)/);
  expect(refused({ encryption: { provider: 'aescbc', reason: 'FIPS' } })).toThrow(/Talos: aescbc cannot be set.*\(control NET-22\)/);
  expect(refused({ encryption: { provider: 'kms', kms: { name: 'k', socket: '/run/kms/kms.sock' } } })).toThrow(/the key service.*NET-23/);
  const webhook = { name: 'deny.example.com', server, matchConditions: ['true'] };
  expect(refused({ access: { authorization: { webhook } } })).toThrow(/the authorization webhook.*AUTH-04/);
  const firewall = baselineOf('talos').firewall;
  expect(refused({ firewall: firewall && { ...firewall, transports: ['ipip'] } })).toThrow(
    /Talos: its firewall opens ports of TCP and UDP, and 'ipip' is ipip \(control NET-11\)/,
  );
});

it('has nothing for hosts, and for the operator the script that approves certificates of kubelets', () => {
  const files = filesOf('talos');
  expect(files.filter(({ role }) => role !== 'operator')).toEqual([]);
  expect(fileAt(files, 'operator', '/approve-kubelet-certificates').mode).toBe('0755');
  expect(files.filter(({ path }) => path.includes('kube-encryption'))).toEqual([]);
});
