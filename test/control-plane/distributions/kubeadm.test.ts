import { documentsAt, fileAt, filesOf } from './one-cluster';
import type { Change } from './one-cluster';

interface Init {
  readonly localAPIEndpoint: { readonly advertiseAddress: string; readonly bindPort: number };
  readonly bootstrapTokens: readonly { readonly ttl: string; readonly token?: string }[];
}
interface Cluster {
  readonly controlPlaneEndpoint: string;
  readonly networking: object;
  readonly apiServer: {
    readonly certSANs: readonly string[];
    readonly extraArgs: readonly { readonly name: string; readonly value: string }[];
  };
}

const initOf = (change: Change = {}) =>
  documentsAt(filesOf('kubeadm', change), 'control-plane', 'kubeadm/init.yaml') as [Init, Cluster, ...object[]];
const joinOf = (name: string, change: Change = {}) =>
  documentsAt(filesOf('kubeadm', change), name === 'worker' ? 'worker' : 'control-plane', `kubeadm/${name}.yaml`)[0];

it('begins on the first control-plane node, with a token that soon ends and that nobody wrote', () => {
  const [init] = initOf();
  expect(init.localAPIEndpoint).toEqual({ advertiseAddress: '192.0.2.10', bindPort: 6443 });
  expect(init.bootstrapTokens).toEqual([{ ttl: '15m0s', description: expect.any(String) as string }]);
});

it('has a file for each further control-plane node, with its own address, and one for all workers', () => {
  expect(joinOf('control-plane-2')).toMatchObject({ controlPlane: { localAPIEndpoint: { advertiseAddress: '192.0.2.11' } } });
  expect(joinOf('worker')).not.toHaveProperty('controlPlane');
  const alone = filesOf('kubeadm', {
    cluster: { hosts: { controlPlane: ['192.0.2.10'], nodes: ['192.0.2.0/24'] } },
    baseline: { firewall: undefined },
  });
  expect(alone.map(({ path }) => path).filter((path) => path.includes('control-plane-'))).toEqual([]);
});

it('counts a node with addresses of both families once', () => {
  const hosts = { controlPlane: ['2001:db8::10', '192.0.2.10', '2001:db8::11', '192.0.2.11'], nodes: ['192.0.2.0/24', '2001:db8::/64'] };
  const network = { pods: ['10.244.0.0/16', 'fd00:244::/56'], services: ['10.96.0.0/16', 'fd00:96::/112'], plugin: 'other' as const };
  const baseline = { firewall: undefined };
  const [init, cluster] = initOf({ cluster: { hosts, network, endpoint: '[2001:db8::1]:443' }, baseline });
  expect(init.localAPIEndpoint.advertiseAddress).toBe('2001:db8::10');
  expect(joinOf('control-plane-2', { cluster: { hosts, network }, baseline })).toMatchObject({
    controlPlane: { localAPIEndpoint: { advertiseAddress: '2001:db8::11' } },
  });
  expect(cluster.apiServer.certSANs).toEqual(['2001:db8::1', ...hosts.controlPlane]);
  expect(cluster.networking).toEqual({ podSubnet: '10.244.0.0/16,fd00:244::/56', serviceSubnet: '10.96.0.0/16,fd00:96::/112' });
});

it('tells the port that API servers listen on from that of the endpoint', () => {
  const [init, cluster] = initOf({
    cluster: { endpoint: 'api.example.com:443' },
    settings: { apiServer: { endpoints: ['192.0.2.10'], port: 7443 } },
  });
  expect([init.localAPIEndpoint.bindPort, cluster.controlPlaneEndpoint]).toEqual([7443, 'api.example.com:443']);
});

it('has no token in any file: nodes that join find it in a file of their own, in memory', () => {
  for (const name of ['worker', 'control-plane-2']) {
    const join = joinOf(name) as { readonly discovery: object };
    expect(join.discovery).toEqual({ file: { kubeConfigPath: '/run/kubeadm-join/discovery.conf' } });
  }
});

it('leaves the mode flag out where authorization is by a file', () => {
  const names = (form: 'flag' | 'file') =>
    initOf({ baseline: { access: { authorization: { form } } } })[1]
      .apiServer.extraArgs.map(({ name }) => name)
      .filter((name) => name.startsWith('authorization-'));
  expect(names('flag')).toEqual(['authorization-mode']);
  expect(names('file')).toEqual(['authorization-config']);
});

it('has kubelet and kube-proxy in documents of the same file, and leaves them out with the stack', () => {
  const kinds = (change?: Change) => initOf(change).map((document) => (document as { readonly kind?: string }).kind);
  expect(kinds()).toEqual(['InitConfiguration', 'ClusterConfiguration', 'KubeletConfiguration', 'KubeProxyConfiguration']);
  expect(kinds({ baseline: { without: ['nodes'] } })).toEqual(['InitConfiguration', 'ClusterConfiguration']);
});

it('keeps its own files out of the folder that the API server sees', () => {
  const own = filesOf('kubeadm').filter(({ path }) => /kubeadm\/|kubeadm-/.test(path));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter(({ path }) => path.startsWith('/etc/kubernetes/hardening/'))).toEqual([]);
});

it('gives etcd the one capability that it needs, and the rest none', () => {
  const patch = (program: string) =>
    (
      documentsAt(filesOf('kubeadm'), 'control-plane', `patches/${program}0+strategic.yaml`) as [
        { spec: { containers: [{ securityContext: object }] } },
      ]
    )[0].spec.containers[0].securityContext;
  expect(patch('etcd')).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['DAC_OVERRIDE'] } });
  expect(patch('kube-scheduler')).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  expect(patch('kube-controller-manager')).toEqual(patch('kube-scheduler'));
  expect(patch('kube-apiserver')).toEqual({ allowPrivilegeEscalation: false });
});

it('makes a node that joins wait for what is made on nodes, where it is needed', () => {
  const join = (change?: Change) => fileAt(filesOf('kubeadm', change), 'control-plane', '/kubeadm-join').content;
  expect(join()).toContain('|| [ -f /etc/kubernetes/hardening/encryption/encryption.yaml ] || die');
  expect(join({ baseline: { without: ['encryption'] } })).not.toContain('encryption');
});
