import type { KubernetesMinor } from '../../settings';
import { featureGateProblems } from './feature-gate-problems';
import { is, unsafeFields } from './field-check';
import type { FieldCheck } from './field-check';
import type { NodeFileProblem } from './node-file-problem';
import { scalarText, valueOf } from './unknown-data';
import { documentProblems } from './unknown-field-problems';

const CHECKS: readonly FieldCheck[] = [
  {
    field: 'metricsBindAddress', // CIS 4.3.1; '' is 127.0.0.1:10249
    safe: (value) => value === '' || /^(127\.0\.0\.1|\[::1\]|localhost):\d+$/.test(scalarText(value)),
    risk: 'a port without TLS is open to the network',
    control: 'NET-13',
    remedy: 'set 127.0.0.1:10249',
  },
  {
    field: 'enableProfiling',
    safe: is(false),
    risk: 'profiles show what kube-proxy holds in memory',
    control: 'UPG-04',
    remedy: 'set false',
  },
  {
    field: 'mode',
    safe: (value) => ['', 'iptables', 'nftables'].includes(scalarText(value)),
    risk: 'kube-proxy does not start with a mode that it does not know, and ipvs is deprecated since 1.35',
    control: 'UPG-01',
    remedy: 'set iptables, or nftables where every kernel is 5.13 or newer',
  },
  {
    field: 'nodePortAddresses',
    safe: (value) =>
      Array.isArray(value) && value.length > 0 && !value.some((range) => ['0.0.0.0/0', '::/0', 'all'].includes(scalarText(range))),
    required: true,
    risk: 'node ports are open on every address of the node, those of other networks too',
    control: 'NET-06',
    remedy: 'set [primary], or the ranges that they are meant for',
  },
  {
    field: 'iptables.localhostNodePorts',
    safe: is(false),
    required: true,
    risk: 'node ports answer on 127.0.0.1 too, where programs of the host trust what reaches them',
    control: 'NET-06',
    remedy: 'set false',
  },
];

/** What is wrong with a KubeProxyConfiguration, whoever wrote it. */
export function kubeProxyProblems(document: unknown, minor: KubernetesMinor): NodeFileProblem[] {
  const nftables = valueOf(document, 'mode') === 'nftables'; // which never opens node ports on localhost
  return [
    ...documentProblems(document, 'kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration', minor),
    ...unsafeFields(document, nftables ? CHECKS.filter(({ field }) => !field.startsWith('iptables.')) : CHECKS, true),
    ...featureGateProblems(valueOf(document, 'featureGates'), 'featureGates', minor),
  ];
}
