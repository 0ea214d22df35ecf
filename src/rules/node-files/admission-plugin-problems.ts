import { z } from 'zod';
import type { ControlId } from '../../controls';
import { SUPPORTED_MINORS } from '../../settings';
import type { KubernetesMinor } from '../../settings';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';

const LEVEL = z.enum(['privileged', 'baseline', 'restricted']);
const VERSION = z.string().regex(/^(latest|v1\.\d+)$/, 'is not "latest" or a minor, such as "v1.36"');
const POD_SECURITY = z.strictObject({
  apiVersion: z.literal('pod-security.admission.config.k8s.io/v1'),
  kind: z.literal('PodSecurityConfiguration'),
  defaults: z.strictObject({
    enforce: LEVEL,
    'enforce-version': VERSION,
    audit: LEVEL.optional(),
    'audit-version': VERSION.optional(),
    warn: LEVEL.optional(),
    'warn-version': VERSION.optional(),
  }),
  exemptions: z
    .strictObject({
      usernames: z.array(z.string()).optional(),
      namespaces: z.array(z.string()).optional(),
      runtimeClasses: z.array(z.string()).optional(),
    })
    .optional(),
});
const EVENT_RATE_LIMIT = z.strictObject({
  apiVersion: z.literal('eventratelimit.admission.k8s.io/v1alpha1'),
  kind: z.literal('Configuration'),
  limits: z
    .array(
      z.strictObject({
        type: z.enum(['Server', 'Namespace', 'User', 'SourceAndObject']),
        qps: z.int().positive(),
        burst: z.int().positive(),
        cacheSize: z.int().nonnegative().optional(),
      }),
    )
    .min(1, 'needs at least one limit'),
});
/** Times as the plugin takes them: -1 switches off, 0 is its default. */
const time = (most: number): z.ZodType<number> => z.int().min(-1).max(most);
const IMAGE_POLICY = z.strictObject({
  imagePolicy: z.strictObject({
    kubeConfigFile: z.string().startsWith('/', 'is not an absolute path'),
    allowTTL: time(1800).optional(),
    denyTTL: time(1800).optional(),
    retryBackoff: time(300_000).optional(),
    defaultAllow: z.literal(false),
  }),
});
const STATIC_POLICIES = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('ValidatingAdmissionPolicyConfiguration'),
  staticManifestsDir: z.string().startsWith('/', 'is not an absolute path'),
});

type ConfigurationProblems = (configuration: unknown, at: readonly PropertyKey[], minor: KubernetesMinor) => readonly NodeFileProblem[];

/** What is wrong with the configuration of each plugin, by its name. */
export const CONFIGURATION_PROBLEMS: Readonly<Record<string, ConfigurationProblems>> = {
  PodSecurity: podSecurityProblems,
  EventRateLimit: (configuration, at) =>
    shapeOf(configuration, { schema: EVENT_RATE_LIMIT, control: 'NET-08', unknownFields: 'ignored' }, at).problems,
  ImagePolicyWebhook: (configuration, at) =>
    shapeOf(configuration, { schema: IMAGE_POLICY, control: 'POD-06', unknownFields: 'ignored' }, at).problems,
  ValidatingAdmissionPolicy: staticManifestsProblems,
};

function podSecurityProblems(configuration: unknown, at: readonly PropertyKey[], minor: KubernetesMinor): readonly NodeFileProblem[] {
  const { value, problems } = shapeOf(configuration, { schema: POD_SECURITY, control: 'POD-08', unknownFields: 'refused' }, at);
  if (!value) {
    return problems;
  }
  const { defaults, exemptions = {} } = value;
  const version = defaults['enforce-version'];
  const found: readonly (readonly [path: readonly PropertyKey[], wrong: boolean, message: string, remedy: string])[] = [
    [
      ['defaults', 'enforce'],
      defaults.enforce !== 'restricted',
      `namespaces without labels admit pods that are ${defaults.enforce}`,
      'write restricted, and label the namespaces that need less',
    ],
    [
      ['defaults', 'enforce-version'],
      version === 'latest',
      'the meaning changes with the next upgrade of the API server',
      `write v${minor}`,
    ],
    [
      ['defaults', 'enforce-version'],
      version !== 'latest' && Number(version.slice('v1.'.length)) > Number(minor.slice('1.'.length)),
      `${version} is newer than the API server, which takes it as latest`,
      `write v${minor}`,
    ],
    [
      ['exemptions', 'usernames'],
      (exemptions.usernames ?? []).length > 0,
      'these users make any pod, and so does who may act as them',
      'label the namespaces that need less instead',
    ],
    [
      ['exemptions', 'runtimeClasses'],
      (exemptions.runtimeClasses ?? []).length > 0,
      'whoever names one of these runtime classes makes any pod',
      'label the namespaces that need less instead',
    ],
  ];
  return found.filter(([, wrong]) => wrong).map(([path, , message, remedy]) => problem([...at, ...path], message, remedy));
}

/** Policies from files: since 1.37; 1.36 does not start with the entry, 1.35 ignores it. */
function staticManifestsProblems(configuration: unknown, at: readonly PropertyKey[], minor: KubernetesMinor): readonly NodeFileProblem[] {
  const known = SUPPORTED_MINORS.indexOf(minor) >= SUPPORTED_MINORS.indexOf('1.37');
  return [
    ...(known
      ? []
      : [
          problem(
            at,
            `policies from files need Kubernetes 1.37: ${minor} ${minor === '1.35' ? 'ignores the entry without a word' : 'does not start with it'}`,
            'remove the entry, or upgrade first',
            'AUTH-11',
          ),
        ]),
    ...shapeOf(configuration, { schema: STATIC_POLICIES, control: 'AUTH-11', unknownFields: 'refused' }, at).problems,
  ];
}

function problem(path: readonly PropertyKey[], message: string, remedy: string, control: ControlId = 'POD-08'): NodeFileProblem {
  return { field: fieldPath(path), message, control, remedy };
}
