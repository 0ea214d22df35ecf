import type { ControlId } from '../../controls';
import { recordOf, recordsOf } from '../../manifest';
import { CLUSTER_INFO_PATH, HEALTH_PATHS } from '../../rules';
import type { HostView } from '../../rules';

/** A check that is not passed on purpose, and why what is done instead is as good or better. */
export interface CisDeviation {
  /** Checks of cis-1.12. */
  readonly checks: readonly string[];
  /** Control that is answered all the same. */
  readonly control: ControlId;
  readonly reason: string;
  /** Whether the files do what the reason says. */
  readonly holds: (view: HostView) => boolean;
}

/** Every deliberate deviation. Where the files do not do what it says, the check is simply not passed. */
export const CIS_DEVIATIONS: readonly CisDeviation[] = [
  {
    checks: ['1.2.1'],
    control: 'AUTH-02',
    reason:
      'the authentication file limits anonymous requests to health paths, which probes and load balancers ask without a name; the API ' +
      'server does not start with the flag beside it, and CIS 2.1.0 takes the file too',
    holds: (view) =>
      view.of('AuthenticationConfiguration').some(({ value }) => {
        const { enabled, conditions } = recordOf(value['anonymous']);
        const paths = recordsOf(conditions).map(({ path }) => path as unknown);
        const allowed: readonly unknown[] = [...HEALTH_PATHS, CLUSTER_INFO_PATH];
        return enabled === false || (paths.length > 0 && paths.every((path) => allowed.includes(path)));
      }),
  },
  {
    checks: ['1.2.6', '1.2.7', '1.2.8'],
    control: 'AUTH-04',
    reason: 'the authorization file has Node and RBAC; kube-bench looks for the flag, with which the API server does not take the file',
    holds: (view) =>
      view.of('AuthorizationConfiguration').some(({ value }) => {
        const types = recordsOf(value['authorizers']).map(({ type }) => type as unknown);
        return ['Node', 'RBAC'].every((type) => types.includes(type)) && !types.includes('AlwaysAllow');
      }),
  },
  {
    checks: ['1.2.11'],
    control: 'POD-07',
    reason:
      'kubelets check the right to a private image again for each pod (imagePullCredentialsVerificationPolicy, on since 1.35), and images ' +
      'are fixed by digest; to pull them always makes every start depend on the registry',
    holds: (view) =>
      view
        .of('KubeletConfiguration')
        .every(({ value }) => ![value['imagePullCredentialsVerificationPolicy'], value['imagePullPolicy']].includes('NeverVerify')),
  },
  {
    checks: ['1.2.29'],
    control: 'NET-20',
    reason: 'the API server speaks TLS 1.3 only, whose suites are all strong, and which takes no list',
    holds: (view) => view.flagsOf('kube-apiserver').get('tls-min-version')?.value === 'VersionTLS13',
  },
  {
    checks: ['4.1.3', '4.1.4'],
    control: 'NET-18',
    reason: 'kube-proxy takes its kubeconfig from a ConfigMap and its token from the service account: there is no file on the host',
    holds: (view) => view.distribution === 'kubeadm' || view.distribution === 'kind',
  },
  {
    checks: ['4.2.9'],
    control: 'NET-14',
    reason: 'the kubelet gets its serving certificate from the cluster, and a new one in time; files would have to be replaced by hand',
    holds: (view) => view.of('KubeletConfiguration').some(({ value }) => value['serverTLSBootstrap'] === true),
  },
  {
    checks: ['1.1.12', '1.2.5', '4.1.1', '4.1.9', '4.2.9'],
    control: 'UPG-04',
    reason:
      'nodes of kind are containers on one machine, to try things out: modes are as kubeadm leaves them, and nobody approves certificates',
    holds: ({ distribution }) => distribution === 'kind',
  },
  {
    checks: ['4.2.12'],
    control: 'NET-20',
    reason: 'the kubelet speaks TLS 1.3 only, whose suites are all strong, and which takes no list',
    holds: (view) => view.of('KubeletConfiguration').some(({ value }) => value['tlsMinVersion'] === 'VersionTLS13'),
  },
];
