/** What can be chosen of the flags of kube-apiserver, kube-controller-manager and kube-scheduler. */
export interface ComponentsSection {
  /** How long certificates are valid that are signed on request, such as those of kubelets. Go duration. */
  readonly clusterSigningDuration: string;
  /** Finished pods that are kept. */
  readonly terminatedPodGcThreshold: number;
  /** How long a request may take. Go duration; undefined for the API server's own 60s. */
  readonly requestTimeout?: string;
  /** Share of HTTP/2 requests after which a client is asked to connect anew, so that load spreads; at most 0.02. */
  readonly goawayChance?: number;
}

/** Half a year, so that a certificate that was stolen ends; kubelets renew theirs long before. */
export const DEFAULT_COMPONENTS: ComponentsSection = { clusterSigningDuration: '4380h0m0s', terminatedPodGcThreshold: 100 };
