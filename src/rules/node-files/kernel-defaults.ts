/** What a kubelet with protectKernelDefaults compares, each exactly (k8s.io/component-helpers node/util/sysctl, kubelet cm setupKernelTunables). */
export const KERNEL_DEFAULTS: Readonly<Record<string, string>> = {
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'kernel.keys.root_maxkeys': '1000000',
  'kernel.keys.root_maxbytes': '25000000',
};
