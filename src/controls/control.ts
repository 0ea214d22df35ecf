/** How severe it is when the control is not met. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** One recommendation of the NSA/CISA Kubernetes Hardening Guidance (v1.2), as data. */
export interface Control {
  /** Stable id such as `POD-04`: section and number. */
  readonly id: string;
  /** The recommendation in our own words, one line. */
  readonly title: string;
  /** Section of the guide, or `(implied)` where Pod Security asks for it and the guide does not. */
  readonly section: string;
  /** The threat: what goes wrong without it. */
  readonly why: string;
  readonly severity: Severity;
  /** Whether a finding may be accepted with a waiver. */
  readonly waivable: boolean;
}
