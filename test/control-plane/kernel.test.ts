import { App } from 'cdk8s';
import { controlPlaneSpecOf, HOST_SYSCTLS, KernelSettings, kernelSysctls, SYSCTL_FILE } from '../../src/control-plane';
import type { ControlPlaneSpec, KernelSettingsProps } from '../../src/control-plane';
import { cluster, spec } from './cluster';
import { fileAt, hostParts, paths } from './host-parts';

const withKernel = (props: KernelSettingsProps): ControlPlaneSpec => {
  const app = new App();
  new KernelSettings(app, 'kernel', props);
  return controlPlaneSpecOf(app, cluster());
};

it('gets exactly what the kubelet compares', () => {
  expect(kernelSysctls(spec())).toMatchObject({
    'vm.overcommit_memory': '1',
    'vm.panic_on_oom': '0',
    'kernel.panic': '10',
    'kernel.panic_on_oops': '1',
    'kernel.keys.root_maxkeys': '1000000',
    'kernel.keys.root_maxbytes': '25000000',
  });
});

it('is told what some kernels do not have in a way that lets them boot', () => {
  const { content } = fileAt(spec(), SYSCTL_FILE, 'worker');
  expect(content).toContain('\nvm.overcommit_memory = 1\n');
  for (const { key, value, optional } of HOST_SYSCTLS) {
    expect(content).toContain(`\n${optional ? '-' : ''}${key} = ${value}\n`);
  }
  expect(content).toContain('\n-net.bridge.bridge-nf-call-iptables = 1\n');
  expect(fileAt(spec(), '/etc/modules-load.d/kubernetes.conf', 'worker').content).toBe('br_netfilter\noverlay\n');
});

it('neither filters by reverse path nor forbids user namespaces', () => {
  expect(Object.keys(kernelSysctls(spec())).filter((key) => /rp_filter|max_user_namespaces/.test(key))).toEqual([]);
});

it('forwards IPv6 only for pods that have it, since a host that does loses the routes that it was told', () => {
  expect(kernelSysctls(spec())).not.toHaveProperty(['net.ipv6.conf.all.forwarding']);
  const made = spec();
  const pods = ['10.244.0.0/16', '2001:db8:1::/56'];
  const dual = { ...made, cluster: { ...made.cluster, network: { ...made.cluster.network, pods } } };
  expect(kernelSysctls(dual)).toHaveProperty(['net.ipv6.conf.all.forwarding'], '1');
});

it('is left alone on kind, which has that of the machine', () => {
  expect(paths(spec('kind')).filter((path) => path.includes('sysctl') || path.includes('modules'))).toEqual([]);
});

it('takes other and more values, and leaves out what is named', () => {
  const made = withKernel({
    without: ['kernel.yama.ptrace_scope'],
    sysctls: { 'kernel.kptr_restrict': '1', 'fs.inotify.max_user_watches': '524288' },
  });
  expect(kernelSysctls(made)).not.toHaveProperty(['kernel.yama.ptrace_scope']);
  expect(kernelSysctls(made)).toMatchObject({ 'kernel.kptr_restrict': '1', 'fs.inotify.max_user_watches': '524288' });
});

it.each<[KernelSettingsProps, RegExp]>([
  [{ without: ['vm.panic_on_oom'] }, /vm\.panic_on_oom must be 0: compared by the kubelet .*\(control UPG-04\)/],
  [{ sysctls: { 'kernel.panic': '0' } }, /kernel\.panic must be 10/],
  [{ sysctls: { 'net.ipv4.ip_forward': '0' } }, /net\.ipv4\.ip_forward must be 1: pods are routed \(control NET-01\)/],
  [{ without: ['kernel.none'] }, /'without' names kernel\.none, which is not among the settings of the host .* Known: /],
])('refuses %j', (props, message) => expect(() => hostParts(withKernel(props))).toThrow(message));
