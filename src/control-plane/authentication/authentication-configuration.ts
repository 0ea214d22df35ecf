/** A condition on the claims of a token: a claim with a value, or an expression in CEL that must be true. */
export type ClaimValidationRule =
  { readonly claim: string; readonly requiredValue: string } | { readonly expression: string; readonly message: string };

/** One issuer of tokens, and how its tokens become users. */
export interface JwtAuthenticator {
  readonly issuer: {
    readonly url: string;
    /** PEM of the authority that signed the issuer's certificate. @default - those that the host trusts */
    readonly certificateAuthority?: string;
    readonly audiences: readonly string[];
    /** Needed for several audiences. */
    readonly audienceMatchPolicy?: 'MatchAny';
  };
  readonly claimValidationRules: readonly ClaimValidationRule[];
  readonly claimMappings: {
    readonly username: { readonly claim: string; readonly prefix: string };
    readonly groups: { readonly claim: string; readonly prefix: string };
    readonly uid: { readonly claim: string };
    readonly extra?: readonly { readonly key: string; readonly valueExpression: string }[];
  };
  readonly userValidationRules: readonly { readonly expression: string; readonly message: string }[];
}

/** What requests without credentials reach: paths, each matched exactly. Nothing without conditions means every path. */
export type AnonymousAuthentication =
  { readonly enabled: false } | { readonly enabled: true; readonly conditions: readonly { readonly path: string }[] };

/** `apiserver.config.k8s.io/v1`, which every supported minor reads. */
export interface AuthenticationConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'AuthenticationConfiguration';
  /** Always written: where it is missing, anonymous requests are let in everywhere. */
  readonly anonymous: AnonymousAuthentication;
  readonly jwt: readonly JwtAuthenticator[];
}

/** Who people are. Talos takes the same two fields in a document of its own. */
export type AuthenticationSection = Omit<AuthenticationConfiguration, 'apiVersion' | 'kind'>;
