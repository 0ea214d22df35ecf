import { z } from 'zod';

const MAPPING = z.strictObject({ claim: z.string().optional(), prefix: z.string().optional(), expression: z.string().optional() });

/** One issuer of tokens, as an AuthenticationConfiguration has it. */
const JWT = z.strictObject({
  issuer: z.strictObject({
    url: z.string(),
    discoveryURL: z.string().optional(),
    certificateAuthority: z.string().optional(),
    audiences: z.array(z.string()),
    audienceMatchPolicy: z.enum(['', 'MatchAny']).optional(),
    egressSelectorType: z.enum(['controlplane', 'cluster']).optional(),
  }),
  claimValidationRules: z
    .array(
      z.strictObject({
        claim: z.string().optional(),
        requiredValue: z.string().optional(),
        expression: z.string().optional(),
        message: z.string().optional(),
      }),
    )
    .optional(),
  claimMappings: z.strictObject({
    username: MAPPING,
    groups: MAPPING.optional(),
    uid: z.strictObject({ claim: z.string().optional(), expression: z.string().optional() }).optional(),
    extra: z.array(z.strictObject({ key: z.string(), valueExpression: z.string() })).optional(),
  }),
  userValidationRules: z.array(z.strictObject({ expression: z.string(), message: z.string().optional() })).optional(),
});

/** Shape of an AuthenticationConfiguration of any origin. */
export const AUTHENTICATION_CONFIGURATION = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('AuthenticationConfiguration'),
  anonymous: z.strictObject({ enabled: z.boolean(), conditions: z.array(z.strictObject({ path: z.string() })).optional() }).optional(),
  jwt: z.array(JWT).nullish(),
});

export type ReadAuthenticationConfiguration = z.output<typeof AUTHENTICATION_CONFIGURATION>;
export type ReadJwt = z.output<typeof JWT>;
export type ReadMapping = z.output<typeof MAPPING>;
