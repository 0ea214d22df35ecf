import type { KubernetesMinor } from '../../settings';

/** Defaults for namespaces whose labels say nothing. */
export interface PodSecurityConfiguration {
  readonly apiVersion: 'pod-security.admission.config.k8s.io/v1';
  readonly kind: 'PodSecurityConfiguration';
  readonly defaults: {
    readonly enforce: 'restricted';
    readonly 'enforce-version': `v${KubernetesMinor}`;
    readonly audit: 'restricted';
    readonly 'audit-version': 'latest';
    readonly warn: 'restricted';
    readonly 'warn-version': 'latest';
  };
  readonly exemptions: {
    readonly usernames: readonly [];
    readonly runtimeClasses: readonly [];
    readonly namespaces: readonly string[];
  };
}

/** How many events are taken: of all, of a namespace, of a user, or of one source about one object. */
export const EVENT_LIMIT_TYPES = ['Server', 'Namespace', 'User', 'SourceAndObject'] as const;

/** A bound on events. */
export interface EventLimit {
  readonly type: (typeof EVENT_LIMIT_TYPES)[number];
  /** Events a second, in the long run. */
  readonly qps: number;
  /** Events at once. */
  readonly burst: number;
  /** Namespaces, users or sources that are remembered; not for Server. @default - 4096, by the API server */
  readonly cacheSize?: number;
}

/** The API server ignores a misspelt field in it. */
export interface EventRateLimitConfiguration {
  readonly apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1';
  readonly kind: 'Configuration';
  readonly limits: readonly EventLimit[];
}

/** A webhook that says whether an image may run. The API server ignores a misspelt field in it. */
export interface ImagePolicyConfiguration {
  readonly imagePolicy: {
    readonly kubeConfigFile: string;
    /** Seconds. */
    readonly allowTTL: number;
    /** Seconds. */
    readonly denyTTL: number;
    /** Milliseconds. */
    readonly retryBackoff: number;
    /** What happens while the webhook is down. */
    readonly defaultAllow: false;
  };
}

/** Where policies are that no request can change. Since 1.37. */
export interface StaticPoliciesConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'ValidatingAdmissionPolicyConfiguration';
  readonly staticManifestsDir: string;
}

/** A plugin with its configuration. */
export type AdmissionPlugin =
  | { readonly name: 'PodSecurity'; readonly configuration: PodSecurityConfiguration }
  | { readonly name: 'EventRateLimit'; readonly configuration: EventRateLimitConfiguration }
  | { readonly name: 'ImagePolicyWebhook'; readonly configuration: ImagePolicyConfiguration }
  | { readonly name: 'ValidatingAdmissionPolicy'; readonly configuration: StaticPoliciesConfiguration };

/** `apiserver.config.k8s.io/v1`, which every supported minor reads. */
export interface AdmissionConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'AdmissionConfiguration';
  readonly plugins: readonly AdmissionPlugin[];
}
