import type { ControlId } from '../../controls';
import type { Distribution } from '../../settings';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { FlaggedProgram } from '../host-parts';
import type { ComponentsSection } from './components-section';

/** What the value of a flag is made from. */
export interface FlagContext {
  readonly section: ComponentsSection;
  readonly spec: ControlPlaneSpec;
  readonly layout: HostLayout;
}

/** A hardening flag of a component. */
export interface ComponentFlag {
  readonly program: Exclude<FlaggedProgram, 'etcd'>;
  /** Without dashes. */
  readonly name: string;
  /** The value; undefined where the flag is left to the program's own default. */
  readonly value: (context: FlagContext) => string | undefined;
  readonly control: ControlId;
  /** Number in kube-bench's cis-1.12. */
  readonly cis?: string;
  /** @default - every distribution that is set up with files */
  readonly distributions?: readonly Distribution[];
}

const fixed = (value: string) => (): string => value;

/**
 * The flags. kubeadm, k3s and RKE2 set some of them by themselves; they are written all the same, so that what holds can be read
 * in one place. Flags of other concerns (audit, encryption, authentication, admission, TLS) are theirs.
 */
export const COMPONENT_FLAGS: readonly ComponentFlag[] = [
  { program: 'kube-apiserver', name: 'goaway-chance', value: ({ section }) => section.goawayChance?.toString(), control: 'UPG-04' },
  {
    program: 'kube-apiserver',
    name: 'kubelet-certificate-authority',
    // k3s and RKE2 name theirs. Without certificates that it signed, `logs` and `exec` fail: kubelets must ask for theirs.
    value: ({ spec, layout }) => (spec.kubelet?.servingCertificates === 'bootstrap' ? `${layout.pki}/ca.crt` : undefined),
    control: 'NET-14',
    cis: '1.2.5',
    distributions: ['kubeadm', 'kind', 'talos'],
  },
  { program: 'kube-apiserver', name: 'profiling', value: fixed('false'), control: 'UPG-04', cis: '1.2.15' },
  {
    program: 'kube-apiserver',
    name: 'request-timeout',
    value: ({ section }) => section.requestTimeout,
    control: 'UPG-04',
    cis: '1.2.20',
  },
  {
    program: 'kube-apiserver',
    name: 'service-account-extend-token-expiration',
    value: fixed('false'),
    control: 'POD-20',
    cis: '1.2.30',
  },
  { program: 'kube-apiserver', name: 'service-account-lookup', value: fixed('true'), control: 'POD-20', cis: '1.2.21' },
  { program: 'kube-controller-manager', name: 'bind-address', value: fixed('127.0.0.1'), control: 'NET-13', cis: '1.3.7' },
  {
    program: 'kube-controller-manager',
    name: 'cluster-signing-duration',
    value: ({ section }) => section.clusterSigningDuration,
    control: 'NET-20',
  },
  { program: 'kube-controller-manager', name: 'profiling', value: fixed('false'), control: 'UPG-04', cis: '1.3.2' },
  {
    program: 'kube-controller-manager',
    name: 'terminated-pod-gc-threshold',
    value: ({ section }) => String(section.terminatedPodGcThreshold),
    control: 'UPG-03',
    cis: '1.3.1',
  },
  {
    program: 'kube-controller-manager',
    name: 'use-service-account-credentials',
    value: fixed('true'),
    control: 'AUTH-05',
    cis: '1.3.3',
  },
  { program: 'kube-scheduler', name: 'bind-address', value: fixed('127.0.0.1'), control: 'NET-13', cis: '1.4.2' },
  { program: 'kube-scheduler', name: 'profiling', value: fixed('false'), control: 'UPG-04', cis: '1.4.1' },
];
