import type { ReadJwt, ReadMapping } from './authentication-configuration';
import { comprehendsUntyped, leadingText } from './claim-cel';
import type { NodeFileProblem } from './node-file-problem';

/** Names that Kubernetes keeps for itself begin with it; `system:masters` passes every check there is. */
export const RESERVED_PREFIX = 'system:';

/** `domain/path` in lower case. */
const EXTRA_KEY = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[a-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** What is wrong with the way from the claims of a token to a user. */
export function claimProblems(jwt: ReadJwt, at: string): NodeFileProblem[] {
  const { username, groups, uid = {}, extra = [] } = jwt.claimMappings;
  const mappings = `${at}.claimMappings`;
  return [
    ...(username.claim === undefined && username.expression === undefined
      ? [problem(`${mappings}.username`, 'it is missing', 'name a claim and a prefix')]
      : []),
    ...mappingProblems(username, `${mappings}.username`),
    ...mappingProblems(groups ?? {}, `${mappings}.groups`),
    ...(uid.claim !== undefined && uid.expression !== undefined
      ? [problem(`${mappings}.uid`, 'it has both a claim and an expression', 'remove one of them')]
      : []),
    ...reservedProblems(jwt, mappings),
    ...emailProblems(jwt, mappings),
    ...extra.flatMap(({ key }, index) =>
      extraProblems(key, extra.findIndex((other) => other.key === key) < index, `${mappings}.extra[${index}].key`),
    ),
    ...ruleProblems(jwt, at),
    ...expressionsOf(jwt, at).flatMap(({ field, expression }) =>
      expression === '' ? [problem(field, 'it is empty', 'write CEL, or remove it')] : [],
    ),
    ...expressionsOf(jwt, at).flatMap(({ field, expression }) =>
      comprehendsUntyped(expression)
        ? [
            problem(
              field,
              'it goes through a claim, whose type CEL does not know: the API server does not start with it',
              'put dyn() around the claim',
            ),
          ]
        : [],
    ),
  ];
}

function mappingProblems({ claim, prefix, expression }: ReadMapping, field: string): NodeFileProblem[] {
  const both = claim !== undefined && expression !== undefined;
  return [
    ...(both ? [problem(field, 'it has both a claim and an expression', 'remove one of them')] : []),
    ...(claim !== undefined && !both && prefix === undefined
      ? [problem(`${field}.prefix`, 'it is missing', 'write a prefix, such as "oidc:"')]
      : []),
    ...(expression !== undefined && prefix !== undefined
      ? [problem(`${field}.prefix`, 'an expression takes no prefix', 'put it into the expression: "oidc:" + …')]
      : []),
  ];
}

/** Whether an issuer could call somebody what only Kubernetes may: a prefix prevents it, or a rule about users. */
function reservedProblems({ claimMappings, userValidationRules = [] }: ReadJwt, at: string): NodeFileProblem[] {
  return (['username', 'groups'] as const).flatMap((name) => {
    const mapping = claimMappings[name];
    if (!mapping || (mapping.claim === undefined && mapping.expression === undefined)) {
      return [];
    }
    const begins = mapping.expression === undefined ? (mapping.prefix ?? '') : (leadingText(mapping.expression) ?? '');
    const prefixed = !RESERVED_PREFIX.startsWith(begins) && !begins.startsWith(RESERVED_PREFIX);
    const ruled = userValidationRules.some(({ expression }) => expression.includes(`user.${name}`) && expression.includes(RESERVED_PREFIX));
    return prefixed || ruled
      ? []
      : [
          problem(
            `${at}.${name}`,
            `the issuer decides who is called ${RESERVED_PREFIX}… (system:masters among them)`,
            'give it a prefix, such as "oidc:"',
          ),
        ];
  });
}

/** An address that nobody verified is whatever its user typed in. */
function emailProblems({ claimMappings, claimValidationRules = [] }: ReadJwt, at: string): NodeFileProblem[] {
  const { claim, expression = '' } = claimMappings.username;
  const byEmail = claim === 'email' || /\bclaims\.\??email\b/.test(expression);
  const rules = claimValidationRules.filter((rule) => rule.expression?.includes('email_verified'));
  const verified =
    rules.some((rule) => !/orValue\(\s*true\s*\)/.test(rule.expression ?? '')) ||
    claimValidationRules.some((rule) => rule.claim === 'email_verified' && rule.requiredValue === 'true');
  return !byEmail || verified
    ? []
    : [
        problem(
          `${at}.username`,
          rules.length === 0
            ? 'users are called by an address that need not be verified'
            : 'a token without email_verified passes as verified',
          'add the rule `claims.?email_verified.orValue(false) == true`, or use the claim sub',
        ),
      ];
}

function extraProblems(key: string, twice: boolean, field: string): NodeFileProblem[] {
  const found =
    (!EXTRA_KEY.test(key) && 'is not domain/name in lower case') ||
    (/^([^/]*\.)?(k8s|kubernetes)\.io\//.test(key) && 'is of a domain that Kubernetes keeps for itself') ||
    (twice && 'is there twice');
  return found ? [problem(field, `"${key}" ${found}`, 'use a domain of your own, such as "id.example.com/amr"')] : [];
}

function ruleProblems({ claimValidationRules = [], userValidationRules = [] }: ReadJwt, at: string): NodeFileProblem[] {
  const keyOf = (rule: { readonly claim?: string; readonly expression?: string }): string => rule.claim ?? rule.expression ?? '';
  const twice = (rules: readonly { readonly claim?: string; readonly expression?: string }[], index: number): boolean =>
    rules.findIndex((rule) => keyOf(rule) === keyOf(rules[index] ?? {})) < index;
  return [
    ...claimValidationRules.flatMap((rule, index) => {
      const found =
        ((rule.claim === undefined) === (rule.expression === undefined) && 'it must have either a claim or an expression') ||
        (rule.claim !== undefined && rule.message !== undefined && 'a claim takes no message') ||
        (rule.expression !== undefined && rule.requiredValue !== undefined && 'an expression takes no requiredValue') ||
        (twice(claimValidationRules, index) && 'it is there twice');
      return found ? [problem(`${at}.claimValidationRules[${index}]`, found, 'correct the rule, or remove it')] : [];
    }),
    ...userValidationRules.flatMap((_rule, index) =>
      twice(userValidationRules, index) ? [problem(`${at}.userValidationRules[${index}]`, 'it is there twice', 'remove it')] : [],
    ),
  ];
}

function expressionsOf(
  { claimMappings, claimValidationRules = [], userValidationRules = [] }: ReadJwt,
  at: string,
): { field: string; expression: string }[] {
  const { username, groups, uid, extra = [] } = claimMappings;
  const all: readonly (readonly [string, string | undefined])[] = [
    [`${at}.claimMappings.username.expression`, username.expression],
    [`${at}.claimMappings.groups.expression`, groups?.expression],
    [`${at}.claimMappings.uid.expression`, uid?.expression],
    ...extra.map(({ valueExpression }, index) => [`${at}.claimMappings.extra[${index}].valueExpression`, valueExpression] as const),
    ...claimValidationRules.map(({ expression }, index) => [`${at}.claimValidationRules[${index}].expression`, expression] as const),
    ...userValidationRules.map(({ expression }, index) => [`${at}.userValidationRules[${index}].expression`, expression] as const),
  ];
  return all.flatMap(([field, expression]) => (expression === undefined ? [] : [{ field, expression }]));
}

function problem(field: string, message: string, remedy: string): NodeFileProblem {
  return { field, message, control: 'AUTH-01', remedy };
}
