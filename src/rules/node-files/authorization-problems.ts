import * as path from 'node:path';
import { z } from 'zod';
import { goSeconds } from './go-duration';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';

const WEBHOOK = z.strictObject({
  authorizedTTL: z.string().optional(),
  unauthorizedTTL: z.string().optional(),
  cacheAuthorizedRequests: z.boolean().optional(),
  cacheUnauthorizedRequests: z.boolean().optional(),
  timeout: z.string(),
  subjectAccessReviewVersion: z.literal('v1'),
  matchConditionSubjectAccessReviewVersion: z.literal('v1').optional(),
  failurePolicy: z.enum(['NoOpinion', 'Deny']),
  connectionInfo: z.strictObject({ type: z.string(), kubeConfigFile: z.string().optional() }),
  matchConditions: z.array(z.strictObject({ expression: z.string() })).optional(),
});
const AUTHORIZER = z.strictObject({ type: z.string(), name: z.string(), webhook: WEBHOOK.optional() });
const SCHEMA = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('AuthorizationConfiguration'),
  authorizers: z.array(AUTHORIZER),
});
type Authorizer = z.output<typeof AUTHORIZER>;
type Webhook = z.output<typeof WEBHOOK>;

/** Most conditions of one webhook, and the longest that the API server waits for it. */
const MAX_CONDITIONS = 64;
const MAX_TIMEOUT_SECONDS = 30;

/** Conditions under which no node is asked about. */
const LEAVES_NODES_OUT = /system:nodes|startsWith\(['"]system:['"]\)/;

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * What is wrong with an AuthorizationConfiguration: what the API server refuses (or crashes on), and what it takes although it
 * grants more than is meant, or locks the cluster out of itself.
 *
 * @see https://github.com/kubernetes/apiserver/blob/release-1.36/pkg/apis/apiserver/validation/validation.go
 */
export function authorizationProblems(document: unknown): readonly NodeFileProblem[] {
  const { value, problems } = shapeOf(document, { schema: SCHEMA, control: 'AUTH-04', unknownFields: 'refused' });
  if (!value) {
    return problems;
  }
  const { authorizers } = value;
  const missing = ['Node', 'RBAC'].filter((type) => !authorizers.some((authorizer) => authorizer.type === type));
  return [
    ...missing.map((type) => problem('authorizers', `${type} is missing`, `add \`- { type: ${type}, name: ${type.toLowerCase()} }\``)),
    ...authorizers.flatMap((authorizer, index) => authorizerProblems(authorizer, index, authorizers)),
  ];
}

function authorizerProblems({ type, name, webhook }: Authorizer, index: number, all: readonly Authorizer[]): NodeFileProblem[] {
  const at = `authorizers[${index}]`;
  const first = (is: (other: Authorizer) => boolean): boolean => all.findIndex(is) === index;
  return [
    ...(['Node', 'RBAC', 'Webhook'].includes(type)
      ? []
      : [
          problem(
            `${at}.type`,
            type === 'AlwaysAllow' ? 'AlwaysAllow makes everybody an administrator' : `${type} is not Node, RBAC or Webhook`,
            'remove it',
          ),
        ]),
    ...(type === 'Webhook' || first((other) => other.type === type) ? [] : [problem(`${at}.type`, `${type} is there twice`, 'remove one')]),
    ...(SUBDOMAIN.test(name) && name.length <= 253
      ? []
      : [
          problem(`${at}.name`, `"${name}" is not a name`, 'use lower-case letters, digits, "-" and ".", such as "deny-guard.example.com"'),
        ]),
    ...(first((other) => other.name === name) ? [] : [problem(`${at}.name`, `"${name}" is there twice`, 'give each its own name')]),
    ...((type === 'Webhook') === (webhook !== undefined)
      ? []
      : [
          problem(
            `${at}.webhook`,
            type === 'Webhook' ? 'it is missing' : `${type} takes none`,
            type === 'Webhook' ? 'say how it is reached' : 'remove it',
          ),
        ]),
    ...(webhook ? webhookProblems(webhook, `${at}.webhook`) : []),
  ];
}

function webhookProblems(webhook: Webhook, at: string): NodeFileProblem[] {
  const { connectionInfo, failurePolicy, matchConditions = [], timeout } = webhook;
  const seconds = goSeconds(timeout) ?? 0;
  const { type, kubeConfigFile } = connectionInfo;
  const ttls = (['authorizedTTL', 'unauthorizedTTL'] as const).filter(
    (name) => webhook[name] !== undefined && !((goSeconds(webhook[name] ?? '') ?? 0) > 0),
  );
  const expressions = matchConditions.map(({ expression }) => expression);
  return [
    ...(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS
      ? []
      : [problem(`${at}.timeout`, `"${timeout}" is not above 0 and at most ${MAX_TIMEOUT_SECONDS}s`, 'write 3s')]),
    ...ttls.map((name) =>
      problem(`${at}.${name}`, `"${webhook[name]}" is not a time above 0; 0s means the API server's default`, 'write a time, such as 30s'),
    ),
    ...(type === 'KubeConfigFile'
      ? []
      : [
          problem(
            `${at}.connectionInfo.type`,
            type === 'InClusterConfig' ? 'InClusterConfig crashes the API server at start (1.35 to 1.37)' : `"${type}" is not possible`,
            'write KubeConfigFile, and the path of a kubeconfig',
          ),
        ]),
    ...(type !== 'KubeConfigFile' || (kubeConfigFile !== undefined && path.posix.isAbsolute(kubeConfigFile))
      ? []
      : [
          problem(
            `${at}.connectionInfo.kubeConfigFile`,
            'it is not an absolute path',
            'write the absolute path of a kubeconfig on the host',
          ),
        ]),
    ...(failurePolicy === 'Deny'
      ? []
      : [problem(`${at}.failurePolicy`, 'when the webhook is down, what it would have denied is allowed', 'write Deny')]),
    ...conditionProblems(expressions, webhook, at),
    ...(failurePolicy === 'Deny' && !expressions.some((expression) => LEAVES_NODES_OUT.test(expression))
      ? [
          problem(
            `${at}.matchConditions`,
            'nodes are asked about too: when the webhook is down, so is the cluster',
            "add the condition `!('system:nodes' in request.groups)`",
          ),
        ]
      : []),
  ];
}

function conditionProblems(expressions: readonly string[], webhook: Webhook, at: string): NodeFileProblem[] {
  return [
    ...(expressions.length > MAX_CONDITIONS
      ? [
          problem(
            `${at}.matchConditions`,
            `it has ${expressions.length} conditions, and the API server takes ${MAX_CONDITIONS}`,
            'join some with &&',
          ),
        ]
      : []),
    ...expressions.flatMap((expression, index) =>
      expression.trim() === '' || expressions.indexOf(expression) < index
        ? [
            problem(
              `${at}.matchConditions[${index}].expression`,
              expression.trim() === '' ? 'it is empty' : 'it is there twice',
              'remove it',
            ),
          ]
        : [],
    ),
    ...(expressions.length > 0 && webhook.matchConditionSubjectAccessReviewVersion === undefined
      ? [problem(`${at}.matchConditionSubjectAccessReviewVersion`, 'conditions need it', 'write v1')]
      : []),
  ];
}

function problem(field: string, message: string, remedy: string): NodeFileProblem {
  return { field, message, control: 'AUTH-04', remedy };
}
