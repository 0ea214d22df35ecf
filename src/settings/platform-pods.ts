/** Pods of the platform that tenants talk to, such as the ingress controller. */
export interface PlatformPods {
  /** Namespace they run in. */
  readonly namespace: string;
  /** Labels that select them in that namespace. At least one. */
  readonly podLabels: Readonly<Record<string, string>>;
}
