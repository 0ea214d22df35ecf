import { z } from 'zod';
import { AUTHORIZATION_FORMS, ENCRYPTION_PROVIDERS, EVENT_LIMIT_TYPES, oidcPrefixProblem, webhookUrlProblem } from '../control-plane';
import { encryptedResourceProblem, issuerUrlProblem } from '../rules';

const text = z.string().regex(/\S/, 'must not be blank');
const positive = z.int().min(1);
/** A text that `problem` finds nothing wrong with. */
const checked = (problem: (value: string) => string | undefined): z.ZodString =>
  z.string().superRefine((value, context) => {
    const message = problem(value);
    if (message !== undefined) {
      context.addIssue({ code: 'custom', message });
    }
  });

const webhookUrl = checked(webhookUrlProblem);

/** `encryption`: what the API server encrypts before it stores it. */
export const ENCRYPTION = z.strictObject({
  provider: z
    .enum(ENCRYPTION_PROVIDERS)
    .default('secretbox')
    .describe('What encrypts: secretbox with a key that is made on the node, kms with a key service, aescbc only with a reason'),
  resources: z
    .array(
      checked((resource) => {
        const problem = encryptedResourceProblem(resource);
        return problem && `${problem.message}; ${problem.remedy}`;
      }),
    )
    .min(1)
    .optional()
    .describe('What is encrypted, such as secrets or deployments.apps; everything but events and leases unless given'),
  kms: z
    .strictObject({
      name: text.describe('Name of the provider, in every stored value; another name is another provider'),
      socket: z.string().startsWith('/', 'is not an absolute path').describe('Unix socket of the plug-in, in a folder of its own'),
      timeoutSeconds: positive.optional().describe('How long the API server waits for it; 3 unless given'),
    })
    .optional()
    .describe('The key service of the provider kms (KMS v2)'),
  reason: text.optional().describe('Why aescbc, such as FIPS'),
});

const ISSUER = z.strictObject({
  issuer: checked(issuerUrlProblem).describe('URL of the identity provider, as tokens have it in iss; https'),
  audiences: z.array(text).min(1).describe('Client ids that tokens may be for'),
  prefix: checked(oidcPrefixProblem)
    .optional()
    .describe('What names of its users and groups begin with, here and in the cluster; oidc: unless given, and one of its own for each'),
  usernameClaim: text.optional().describe('Claim that users are called by; email (verified) unless given'),
  groupsClaim: text.optional().describe('Claim with the groups of the user; groups unless given'),
  requiredClaims: z.record(text, z.string()).optional().describe('Claims that a token must have, and their values'),
  maxTokenSeconds: positive.optional().describe('Longest life of a token; 3600 unless given'),
  claimRules: z
    .array(
      z.strictObject({
        expression: text.describe('CEL about claims that must be true'),
        message: text.describe('What the API server logs when it is not'),
      }),
    )
    .optional()
    .describe('Further conditions on tokens'),
  extra: z.record(text, text).optional().describe('More of the token for audit: keys such as id.example.com/amr, with claims'),
  certificateAuthority: text.optional().describe('PEM of the authority behind the certificate of the identity provider'),
});

/** `access.oidc`: one identity provider, or several. */
export const OIDC = z.union([ISSUER, z.array(ISSUER)], { error: 'is neither an identity provider nor a list of them' });

/** `access.authorization`: who decides what people may do. */
export const AUTHORIZATION = z.strictObject({
  form: z
    .enum(AUTHORIZATION_FORMS)
    .optional()
    .describe('How the API server is told of Node and RBAC: flag (as CIS looks for it) unless given, file with a webhook'),
  webhook: z
    .strictObject({
      name: text.describe('DNS name, for logs and metrics'),
      server: webhookUrl.describe('URL of the webhook; not a Service of this cluster'),
      matchConditions: z.array(text).min(1).describe('CEL about requests; all must be true for one to be asked about'),
      timeoutSeconds: z.int().min(1).max(30).optional().describe('How long the API server waits for it; 3 unless given'),
    })
    .optional()
    .describe('A webhook that may deny what RBAC allows; while it is down, what it is asked about is denied'),
});

/** `admission`: the API server's own plugins. */
export const ADMISSION = z.strictObject({
  exemptNamespaces: z
    .array(text)
    .optional()
    .describe('Namespaces without Pod Security beside those of the distribution; a label is better'),
  alwaysPullImages: z.boolean().optional().describe('Whether every image is pulled each time; false unless given'),
  eventLimits: z
    .array(
      z.strictObject({
        type: z.enum(EVENT_LIMIT_TYPES).describe('What is bounded'),
        qps: positive.describe('Events a second in the long run'),
        burst: positive.describe('Events at once'),
        cacheSize: positive.optional().describe('Namespaces, users or sources that are remembered; 4096 unless given'),
      }),
    )
    .min(1)
    .optional()
    .describe('Bounds on events; generous ones unless given'),
  imagePolicy: z
    .strictObject({
      server: webhookUrl.describe('URL of the webhook; outside of the cluster that it guards'),
      allowTtlSeconds: z.int().min(1).max(1800).optional().describe('How long a yes is believed; 60 unless given'),
      denyTtlSeconds: z.int().min(1).max(1800).optional().describe('How long a no is believed; 30 unless given'),
    })
    .optional()
    .describe('A webhook that says which images may run; while it is down, none'),
});
