/**
 * What a field may hold that Go leaves an open text, by its type in the tables and its name: the program takes nothing else
 * (k8s.io/kubelet config/v1beta1/types.go).
 */
export const CLOSED_TEXTS: Readonly<Record<string, readonly string[]>> = {
  'kubelet.KubeletConfiguration.cgroupDriver': ['cgroupfs', 'systemd'],
  'kubelet.KubeletConfiguration.cpuManagerPolicy': ['none', 'static'],
  'kubelet.KubeletConfiguration.hairpinMode': ['promiscuous-bridge', 'hairpin-veth', 'none'],
  'kubelet.KubeletConfiguration.memoryManagerPolicy': ['None', 'Static'],
  'kubelet.KubeletConfiguration.topologyManagerPolicy': ['none', 'best-effort', 'restricted', 'single-numa-node'],
  'kubelet.KubeletConfiguration.topologyManagerScope': ['container', 'pod'],
  'kubelet.MemorySwapConfiguration.swapBehavior': ['NoSwap', 'LimitedSwap'],
};
