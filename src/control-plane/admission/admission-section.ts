import type { KubeObject } from '../../manifest';
import type { EventRateLimitConfiguration, PodSecurityConfiguration } from './admission-configuration';

/** A webhook of the plugin ImagePolicyWebhook. */
export interface ImagePolicySection {
  readonly server: string;
  readonly allowTtlSeconds: number;
  readonly denyTtlSeconds: number;
}

/** Admission by the API server's own plugins, as it was decided. */
export interface AdmissionSection {
  /** Plugins to switch on beside those that are on by default. */
  readonly plugins: readonly string[];
  readonly podSecurity: PodSecurityConfiguration;
  readonly eventRateLimit: EventRateLimitConfiguration;
  /** @default - none */
  readonly imagePolicy?: ImagePolicySection;
  /** Policies and bindings that the API server reads from files; none below 1.37. */
  readonly staticPolicies: readonly KubeObject[];
}
