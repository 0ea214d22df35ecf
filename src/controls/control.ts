/** How severe it is when the control is not met, the least severe first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * How a control is answered:
 * - `generated`: a construct or stack of this project sets what it asks for;
 * - `enforced`: a rule refuses at admission what does not meet it;
 * - `verified`: a probe looks at the running cluster;
 * - `inherited`: on EKS, GKE and AKS the provider answers it;
 * - `organisational`: people answer it; `practice` says what they do.
 */
export const DISPOSITIONS = ['generated', 'enforced', 'verified', 'inherited', 'organisational'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** The checks of others that look at the same thing, by their own ids. */
export interface ControlMappings {
  /** Numbers of kube-bench's `cis-1.12`. */
  readonly cis?: readonly string[];
  /** Checks of the Pod Security Standards. */
  readonly podSecurity?: readonly string[];
  readonly kubescape?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly kubeScore?: readonly string[];
  readonly polaris?: readonly string[];
  readonly checkov?: readonly string[];
  /** Policies of github.com/kyverno/policies, by `metadata.name` (their folders are sometimes called otherwise). */
  readonly kyverno?: readonly string[];
}

/** One recommendation of the NSA/CISA Kubernetes Hardening Guidance (v1.2), as data. */
export interface Control {
  /** Stable id such as `POD-04`: section and number. */
  readonly id: string;
  /** The recommendation in our own words, one line. */
  readonly title: string;
  /** Section of the guide; in brackets where somebody else asks for it and the guide does not. */
  readonly section: string;
  /** The threat: what goes wrong without it. */
  readonly why: string;
  /** How it is answered, at least one way. The catalogue holds it to what is really there. */
  readonly disposition: readonly Disposition[];
  /** What people must do; there when the disposition is `organisational`. */
  readonly practice?: string;
  readonly severity: Severity;
  /** Whether a finding may be accepted with a waiver. */
  readonly waivable: boolean;
  readonly mappings: ControlMappings;
}
