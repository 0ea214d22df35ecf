import type { ControlId } from '../../controls';
import { AUTHENTICATION_CONFIGURATION } from './authentication-configuration';
import type { ReadAuthenticationConfiguration, ReadJwt } from './authentication-configuration';
import { claimProblems } from './claim-problems';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';

/** Paths that probes and load balancers ask without credentials. The API server matches them exactly: `/livez/ping` is another. */
export const HEALTH_PATHS = ['/livez', '/readyz', '/healthz'] as const;

/** The ConfigMap that a node reads before it trusts the cluster, when it joins with a token (kubeadm, kind). */
export const CLUSTER_INFO_PATH = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** Most issuers that the API server takes. */
const MAX_ISSUERS = 64;

/**
 * What is wrong with an AuthenticationConfiguration: what the API server refuses, and what it takes although it lets in more
 * than is meant. CEL is judged only where the API server is known to refuse it.
 *
 * @see https://github.com/kubernetes/apiserver/blob/release-1.36/pkg/apis/apiserver/validation/validation.go
 */
export function authenticationProblems(document: unknown): readonly NodeFileProblem[] {
  const { value, problems } = shapeOf(document, { schema: AUTHENTICATION_CONFIGURATION, control: 'AUTH-01', unknownFields: 'refused' });
  if (!value) {
    return problems;
  }
  const jwt = value.jwt ?? [];
  return [
    ...anonymousProblems(value.anonymous),
    ...(jwt.length > MAX_ISSUERS
      ? [problem('jwt', `it has ${jwt.length} issuers, and the API server takes ${MAX_ISSUERS}`, 'put a broker in front of them')]
      : []),
    ...jwt.flatMap((authenticator, index) => [
      ...issuerProblems(authenticator.issuer, `jwt[${index}].issuer`),
      ...claimProblems(authenticator, `jwt[${index}]`),
    ]),
    ...repeatedUrls(jwt),
  ];
}

function anonymousProblems(anonymous: ReadAuthenticationConfiguration['anonymous']): NodeFileProblem[] {
  const remedy = `write \`anonymous: { enabled: true, conditions: [${HEALTH_PATHS.map((path) => `{ path: ${path} }`).join(', ')}] }\``;
  if (!anonymous) {
    return [problem('anonymous', 'it is missing, so that anonymous requests are let in on every path', remedy, 'AUTH-02')];
  }
  const conditions = anonymous.conditions ?? [];
  if (!anonymous.enabled) {
    return conditions.length === 0
      ? []
      : [problem('anonymous.conditions', 'it has conditions and is off: the API server does not start with it', 'remove them', 'AUTH-02')];
  }
  const allowed: readonly string[] = [...HEALTH_PATHS, CLUSTER_INFO_PATH];
  return [
    ...(conditions.length === 0 ? [problem('anonymous.conditions', 'anonymous requests are let in on every path', remedy, 'AUTH-02')] : []),
    ...conditions.flatMap(({ path }, index) =>
      allowed.includes(path)
        ? []
        : [
            problem(
              `anonymous.conditions[${index}].path`,
              `anonymous requests are let in on ${JSON.stringify(path)}`,
              'remove it',
              'AUTH-02',
            ),
          ],
    ),
  ];
}

function issuerProblems(issuer: ReadJwt['issuer'], at: string): NodeFileProblem[] {
  const { audiences, audienceMatchPolicy, discoveryURL } = issuer;
  const discovery = discoveryURL === undefined || discoveryURL === '' ? undefined : discoveryURL;
  const same = discovery !== undefined && discovery.replace(/\/+$/, '') === issuer.url.replace(/\/+$/, '');
  return [
    ...urlProblems(issuer.url, `${at}.url`),
    ...(discovery === undefined ? [] : urlProblems(discovery, `${at}.discoveryURL`)),
    ...(same ? [problem(`${at}.discoveryURL`, 'it is the same as url', 'remove it')] : []),
    ...(audiences.length === 0
      ? [problem(`${at}.audiences`, 'it is empty, so that tokens for any other service would do', 'name the client id of this cluster')]
      : []),
    ...audiences.flatMap((audience, index) =>
      audience === '' || audiences.indexOf(audience) < index
        ? [problem(`${at}.audiences[${index}]`, audience === '' ? 'it is empty' : `"${audience}" is there twice`, 'remove it')]
        : [],
    ),
    ...(audiences.length > 1 && audienceMatchPolicy !== 'MatchAny'
      ? [problem(`${at}.audienceMatchPolicy`, 'several audiences need it', 'write MatchAny')]
      : []),
  ];
}

/** Why the API server does not take this as the URL of an issuer. */
export function issuerUrlProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not a URL';
  }
  if (url.protocol !== 'https:') {
    return 'is not https: who is on the way could replace the keys that tokens are checked with';
  }
  if (url.username !== '' || url.password !== '') {
    return 'has a user or a password in it';
  }
  return /[?#]/.test(text) ? 'has a query or a fragment' : undefined;
}

function urlProblems(url: string, field: string): NodeFileProblem[] {
  const found = issuerUrlProblem(url);
  // A password in the URL must not come out in the message.
  const shown = /@/.test(url) ? 'it' : `"${url}"`;
  return found === undefined
    ? []
    : [problem(field, `${shown} ${found}`, 'write https://, host and path, as the claim `iss` of tokens has it')];
}

function repeatedUrls(jwt: readonly ReadJwt[]): NodeFileProblem[] {
  return (['url', 'discoveryURL'] as const).flatMap((name) => {
    const urls = jwt.map(({ issuer }) => issuer[name] ?? '');
    return urls.flatMap((url, index) =>
      url !== '' && urls.indexOf(url) < index
        ? [problem(`jwt[${index}].issuer.${name}`, `jwt[${urls.indexOf(url)}] has it already`, 'put the audiences of one issuer together')]
        : [],
    );
  });
}

function problem(field: string, message: string, remedy: string, control: ControlId = 'AUTH-01'): NodeFileProblem {
  return { field, message, control, remedy };
}
