import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { DEFAULT_COMPONENTS } from './components-section';

/** Props of `ControlPlaneFlags`. */
export interface ControlPlaneFlagsProps {
  /**
   * How long certificates are valid that are signed on request, such as those of kubelets. Go duration, at most `8760h0m0s`.
   *
   * @default '4380h0m0s'
   */
  readonly clusterSigningDuration?: string;
  /**
   * Finished pods that are kept.
   *
   * @default 100
   */
  readonly terminatedPodGcThreshold?: number;
  /**
   * How long a request to the API server may take. Go duration.
   *
   * @default - the API server's own 60s
   */
  readonly requestTimeout?: string;
  /**
   * Share of HTTP/2 requests after which a client is asked to connect anew, at most 0.02. Behind a load balancer 0.001 lets
   * load spread over API servers that were added later; with one API server it only costs.
   *
   * @default - never
   */
  readonly goawayChance?: number;
}

/**
 * The hardening flags of kube-apiserver, kube-controller-manager and kube-scheduler that belong to no other concern: no
 * profiling, ports of the node on loopback, kubelets checked, tokens that end.
 */
export class ControlPlaneFlags extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-20': [
      { kind: 'kube-apiserver', field: 'service-account-extend-token-expiration', value: 'false' },
      { kind: 'kube-apiserver', field: 'service-account-lookup', value: 'true' },
    ],
    'NET-13': [
      { kind: 'kube-controller-manager', field: 'bind-address', value: '127.0.0.1' },
      { kind: 'kube-scheduler', field: 'bind-address', value: '127.0.0.1' },
    ],
    'NET-14': [{ kind: 'kube-apiserver', field: 'kubelet-certificate-authority' }],
    'NET-20': [{ kind: 'kube-controller-manager', field: 'cluster-signing-duration' }],
    'AUTH-05': [{ kind: 'kube-controller-manager', field: 'use-service-account-credentials', value: 'true' }],
    'UPG-03': [{ kind: 'kube-controller-manager', field: 'terminated-pod-gc-threshold' }],
    'UPG-04': [
      { kind: 'kube-apiserver', field: 'profiling', value: 'false' },
      { kind: 'kube-controller-manager', field: 'profiling', value: 'false' },
      { kind: 'kube-scheduler', field: 'profiling', value: 'false' },
    ],
  };

  private readonly props: ControlPlaneFlagsProps;

  public constructor(scope: Construct, id: string, props: ControlPlaneFlagsProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { clusterSigningDuration, terminatedPodGcThreshold, requestTimeout, goawayChance } = this.props;
    return {
      components: {
        clusterSigningDuration: clusterSigningDuration ?? DEFAULT_COMPONENTS.clusterSigningDuration,
        terminatedPodGcThreshold: terminatedPodGcThreshold ?? DEFAULT_COMPONENTS.terminatedPodGcThreshold,
        requestTimeout,
        goawayChance,
      },
    };
  }
}
