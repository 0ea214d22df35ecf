/** A webhook that is asked before Node and RBAC, and whose no is final. */
export interface DenyWebhookSection {
  /** DNS name of the authorizer, in logs and metrics. */
  readonly name: string;
  readonly server: string;
  /** All must be true of a request for it to be asked about, in CEL. */
  readonly matchConditions: readonly string[];
  readonly timeoutSeconds: number;
}

/** Who may do what: Node and RBAC always. */
export type AuthorizationSection =
  | { readonly form: 'flag' }
  | {
      readonly form: 'file';
      /** @default - none */
      readonly webhook?: DenyWebhookSection;
    };

/** What the API server asks, in this order; the first that allows or denies decides. */
export type Authorizer =
  | { readonly type: 'Node'; readonly name: 'node' }
  | { readonly type: 'RBAC'; readonly name: 'rbac' }
  | {
      readonly type: 'Webhook';
      readonly name: string;
      readonly webhook: {
        readonly authorizedTTL: string;
        readonly unauthorizedTTL: string;
        readonly timeout: string;
        readonly subjectAccessReviewVersion: 'v1';
        readonly matchConditionSubjectAccessReviewVersion: 'v1';
        readonly failurePolicy: 'Deny';
        readonly connectionInfo: { readonly type: 'KubeConfigFile'; readonly kubeConfigFile: string };
        readonly matchConditions: readonly { readonly expression: string }[];
      };
    };

/** `apiserver.config.k8s.io/v1`, which every supported minor reads. */
export interface AuthorizationConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'AuthorizationConfiguration';
  readonly authorizers: readonly Authorizer[];
}

/** How long answers of the webhook are believed. */
const TTL = '30s';

/** The document that the API server reads. What is asked `before` Node and RBAC comes first: RBAC would otherwise allow before it is asked. */
export function authorizationConfiguration(before: readonly Authorizer[] = []): AuthorizationConfiguration {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthorizationConfiguration',
    authorizers: [...before, { type: 'Node', name: 'node' }, { type: 'RBAC', name: 'rbac' }],
  };
}

/** The authorizer that asks the webhook, by the kubeconfig at this path. */
export function denyWebhook({ name, matchConditions, timeoutSeconds }: DenyWebhookSection, kubeConfigFile: string): Authorizer {
  return {
    type: 'Webhook',
    name,
    webhook: {
      authorizedTTL: TTL,
      unauthorizedTTL: TTL,
      timeout: `${timeoutSeconds}s`,
      subjectAccessReviewVersion: 'v1',
      matchConditionSubjectAccessReviewVersion: 'v1',
      failurePolicy: 'Deny',
      connectionInfo: { type: 'KubeConfigFile', kubeConfigFile },
      matchConditions: matchConditions.map((expression) => ({ expression })),
    },
  };
}
