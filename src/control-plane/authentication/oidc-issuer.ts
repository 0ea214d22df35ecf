import { issuerUrlProblem, RESERVED_PREFIX } from '../../rules';
import type { JwtAuthenticator } from './authentication-configuration';

/** What the names of an issuer's users and groups begin with, unless told. */
export const DEFAULT_OIDC_PREFIX = 'oidc:';
/** The claim that users are called by, unless told: an address, which an auditor can read, and which must be verified. */
export const DEFAULT_USERNAME_CLAIM = 'email';
export const DEFAULT_GROUPS_CLAIM = 'groups';
/** How long a token may live, from issue to expiry, unless told. */
export const DEFAULT_MAX_TOKEN_SECONDS = 3600;

/** A condition on claims, in CEL, for what the other props do not say. */
export interface ClaimRule {
  /** Must be true: `claims.hd == "example.com"`. A claim that is gone through with a macro needs `dyn()` around it. */
  readonly expression: string;
  /** What the API server logs when it is not. */
  readonly message: string;
}

/** An identity provider (OpenID Connect) whose tokens the API server takes. */
export interface OidcIssuerProps {
  /** Its URL, as the claim `iss` of its tokens has it: https, without user, query or fragment. */
  readonly issuer: string;
  /** Client ids that a token may be for; it must be for one of them. At least one. */
  readonly audiences: readonly string[];
  /**
   * What the API server puts before the names of its users and groups: lower-case letters, digits, `.` and `-`, and a colon at
   * the end. Names are written with it everywhere: in bindings, exempt identities, audit logs. Every issuer has its own.
   *
   * @default 'oidc:'
   */
  readonly prefix?: string;
  /**
   * The claim that a user is called by. With `email`, tokens must say that the address is verified.
   *
   * @default 'email'
   */
  readonly usernameClaim?: string;
  /** The claim with the names of the user's groups: a list, or one text. @default 'groups' */
  readonly groupsClaim?: string;
  /** Claims that a token must have, and their values. @default - none */
  readonly requiredClaims?: Readonly<Record<string, string>>;
  /** Longest life of a token, from issue to expiry. @default 3600 */
  readonly maxTokenSeconds?: number;
  /** Further conditions. @default - none */
  readonly claimRules?: readonly ClaimRule[];
  /** More of the token for audit and webhooks: keys such as `id.example.com/amr`, each with the name of a claim. @default - none */
  readonly extra?: Readonly<Record<string, string>>;
  /** PEM of the authority that signed the issuer's certificate. @default - those that the host trusts */
  readonly certificateAuthority?: string;
}

const PREFIX = /^[a-z0-9][a-z0-9.-]*:$/;
/** Prefixes of names that Kubernetes and kubeadm give rights to by themselves. */
const TAKEN_PREFIXES: readonly string[] = [RESERVED_PREFIX, 'kubeadm:'];

/**
 * Issuers as the API server reads them.
 *
 * @throws if an issuer cannot be written down, or if two share a URL or a prefix: one could then speak for the other's users
 */
export function jwtAuthenticators(issuers: readonly OidcIssuerProps[]): readonly JwtAuthenticator[] {
  issuers.forEach((issuer, index) => {
    refuseBad(issuer, `access.oidc[${index}]`);
    for (const name of ['issuer', 'prefix'] as const) {
      const valueOf = (props: OidcIssuerProps): string => (name === 'issuer' ? props.issuer : prefixOf(props));
      const other = issuers.findIndex((candidate) => valueOf(candidate) === valueOf(issuer));
      if (other < index) {
        refuse(`access.oidc[${index}].${name}`, `access.oidc[${other}] has '${valueOf(issuer)}' too`, 'Give each issuer one of its own.');
      }
    }
  });
  return issuers.map(authenticator);
}

/** What the names of an issuer's users and groups begin with. */
export function prefixOf({ prefix = DEFAULT_OIDC_PREFIX }: Pick<OidcIssuerProps, 'prefix'>): string {
  return prefix;
}

/** Why this cannot be the prefix of an issuer's names; undefined if it can. */
export function oidcPrefixProblem(prefix: string): string | undefined {
  if (TAKEN_PREFIXES.includes(prefix)) {
    return `'${prefix}' belongs to Kubernetes: who may use it may be system:masters`;
  }
  return PREFIX.test(prefix) ? undefined : `'${prefix}' is not lower-case letters, digits, '.' and '-' with a colon at the end`;
}

function authenticator(props: OidcIssuerProps): JwtAuthenticator {
  const { issuer, audiences, certificateAuthority, maxTokenSeconds = DEFAULT_MAX_TOKEN_SECONDS, claimRules = [] } = props;
  const { usernameClaim = DEFAULT_USERNAME_CLAIM, groupsClaim = DEFAULT_GROUPS_CLAIM, requiredClaims = {}, extra = {} } = props;
  const prefix = prefixOf(props);
  return {
    issuer: {
      url: issuer,
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
      audiences,
      ...(audiences.length > 1 ? { audienceMatchPolicy: 'MatchAny' } : {}),
    },
    claimValidationRules: [
      ...Object.entries(requiredClaims).map(([claim, requiredValue]) => ({ claim, requiredValue })),
      { expression: `claims.exp - claims.iat <= ${maxTokenSeconds}`, message: `a token lives at most ${maxTokenSeconds} seconds` },
      // The API server itself takes an address of which the token does not say whether it is verified.
      ...(usernameClaim === 'email'
        ? [{ expression: 'claims.?email_verified.orValue(false) == true', message: 'the e-mail address must be verified' }]
        : []),
      ...claimRules,
    ],
    claimMappings: {
      username: { claim: usernameClaim, prefix },
      groups: { claim: groupsClaim, prefix },
      uid: { claim: 'sub' },
      ...(Object.keys(extra).length > 0
        ? { extra: Object.entries(extra).map(([key, claim]) => ({ key, valueExpression: `claims[?${celText(claim)}].orValue([])` })) }
        : {}),
    },
    userValidationRules: [
      // The API server itself takes an empty claim: everybody who has no name would be one and the same user.
      { expression: `user.username != '${prefix}'`, message: 'a user must have a name' },
      // The prefix prevents both already; these hold when somebody changes the prefix in the file.
      { expression: `!user.username.startsWith('${RESERVED_PREFIX}')`, message: `names that begin with ${RESERVED_PREFIX} are reserved` },
      {
        expression: `user.groups.all(group, !group.startsWith('${RESERVED_PREFIX}'))`,
        message: `groups that begin with ${RESERVED_PREFIX} are reserved`,
      },
    ],
  };
}

function refuseBad(props: OidcIssuerProps, at: string): void {
  const { issuer, audiences, maxTokenSeconds = DEFAULT_MAX_TOKEN_SECONDS } = props;
  const url = issuerUrlProblem(issuer);
  if (url !== undefined) {
    // The text is left out where it may hold a password.
    refuse(
      `${at}.issuer`,
      `${issuer.includes('@') ? 'it' : `'${issuer}'`} ${url}`,
      'Write https://, host and path, as tokens have it in `iss`.',
    );
  }
  if (audiences.length === 0 || audiences.some((audience, index) => audience === '' || audiences.indexOf(audience) < index)) {
    refuse(`${at}.audiences`, 'it is empty, or one is empty or there twice', 'Name the client id of this cluster at the issuer.');
  }
  const prefix = oidcPrefixProblem(prefixOf(props));
  if (prefix !== undefined) {
    refuse(`${at}.prefix`, prefix, `Write one such as '${DEFAULT_OIDC_PREFIX}'.`);
  }
  if (!Number.isInteger(maxTokenSeconds) || maxTokenSeconds <= 0) {
    refuse(`${at}.maxTokenSeconds`, `${maxTokenSeconds} is not a whole number of seconds above 0`, 'Give one, such as 3600.');
  }
}

/** A text as a literal of CEL, which reads JSON's escapes. */
function celText(text: string): string {
  return JSON.stringify(text);
}

function refuse(field: string, what: string, remedy: string): never {
  throw new Error(`${field}: ${what} (control AUTH-01). ${remedy}`);
}
